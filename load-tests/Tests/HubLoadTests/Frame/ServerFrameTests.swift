import Testing

@testable import HubLoad

@Suite struct ServerFrameTests {
    private func frame(_ bytes: [UInt8], from offset: Int = 0) throws -> ServerFrame? {
        try bytes.withUnsafeBytes { try ServerFrame.next(in: $0, from: offset) }
    }

    /// The unmasked "Hello" of RFC 6455, 5.7.
    private let hello: [UInt8] = [0x81, 0x05, 0x48, 0x65, 0x6C, 0x6C, 0x6F]

    @Test func readsTheExampleOfTheStandard() throws {
        #expect(try frame(hello) == ServerFrame(kind: .text, isCompressed: false, payload: 2..<7))
    }

    @Test func readsTheNextOneBehindIt() throws {
        #expect(
            try frame(hello + [0x89, 0x00], from: 7) == ServerFrame(kind: .ping, isCompressed: false, payload: 9..<9))
    }

    @Test(arguments: 0..<7) func waitsForWhatIsMissing(count: Int) throws {
        #expect(try frame(Array(hello.prefix(count))) == nil)
    }

    @Test(arguments: [125, 126, 65_535, 65_536]) func readsEveryWidthOfTheLength(count: Int) throws {
        var head: [UInt8] = [0xC1]
        switch count {
        case ..<126: head.append(UInt8(count))
        case ...65_535: head += [126, UInt8(count >> 8), UInt8(count & 0xFF)]
        default: head += [127] + (0..<8).map { UInt8(count >> (56 - 8 * $0) & 0xFF) }
        }
        let bytes = head + [UInt8](repeating: 0x61, count: count)
        let expected = ServerFrame(kind: .text, isCompressed: true, payload: head.count..<bytes.count)
        #expect(try frame(bytes) == expected)
        #expect(try frame(Array(bytes.dropLast())) == nil)
        #expect(try frame(Array(bytes.prefix(head.count - 1))) == nil)
    }

    @Test(arguments: [[0x01, 0x00], [0x81, 0x80], [0xA1, 0x00], [0x83, 0x00]] as [[UInt8]])
    func refusesWhatNoPeerSends(bytes: [UInt8]) {
        #expect(throws: LoadError.self) { try frame(bytes) }
    }
}
