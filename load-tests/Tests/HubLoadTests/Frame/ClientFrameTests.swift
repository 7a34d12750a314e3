import Testing

@testable import HubLoad

@Suite struct ClientFrameTests {
    @Test(arguments: [(0, 2), (125, 2), (126, 4), (65_535, 4), (65_536, 10)])
    func isMaskedAndCarriesItsLength(count: Int, head: Int) {
        let text = String(repeating: "b", count: count)
        let frame = ClientFrame.text(text)
        #expect(frame.count == head + 4 + count)
        #expect(frame[0] == 0x81)
        #expect(frame[1] & 0x80 != 0)
        let mask = Array(frame[head..<head + 4])
        let plain = frame[(head + 4)...].enumerated().map { $1 ^ mask[$0 & 3] }
        #expect(plain == Array(text.utf8))
    }
}
