import Domain
import Testing

@Suite struct AuditMarkTests {
    @Test func aMarkIsReadAsItIsWritten() throws {
        let hash = String(repeating: "0af9", count: 16)
        let mark = try #require(AuditMark("17:\(hash)"))
        #expect(mark == AuditMark(seq: 17, hash: hash) && mark.text == "17:\(hash)")
    }

    @Test(arguments: [
        "", "17", "17:", ":00", "0:" + String(repeating: "0", count: 64), "1:" + String(repeating: "G", count: 64),
    ])
    func nothingElseIsAMark(_ text: String) {
        #expect(AuditMark(text) == nil)
    }
}
