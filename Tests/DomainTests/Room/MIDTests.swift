import Domain
import HubTestKit
import Testing

@Suite struct MIDTests {
    @Test(arguments: ["k1", "A-Z_a.z:0", "-", String(repeating: "x", count: 64)])
    func accepts(text: String) {
        #expect(MID(text)?.text == text)
    }

    @Test(arguments: ["", " ", "a b", "a\n", "a/b", "a+b", "é", "س", "a\u{0}", String(repeating: "x", count: 65)])
    func refuses(text: String) {
        #expect(MID(text) == nil)
    }

    @Test func hubsOwnNamesAreTheSameEverywhere() {
        #expect(MID.following(7, "reopen") == "reopen-7")
        #expect(MID.due(at: Timestamp(milliseconds: 1234), "wake") == "wake-1234")
        #expect(MID.due(at: Timestamp(milliseconds: .max), "wake").text.utf8.count <= MID.maxLength)
    }

    @Test func freshNamesAreAcceptableAndNew() {
        let names = (0..<500).map { _ in MID.fresh() }
        #expect(Set(names).count == names.count)
        #expect(names.allSatisfy { MID($0.text) == $0 })
    }
}
