import Domain
import HubTestKit
import Testing

@Suite struct IDTests {
    @Test func makeGivesAnULIDWithItsPrefix() {
        var random = SeededRandom(seed: 1)
        let id = RoomID.make(at: Timestamp(milliseconds: 1_469_918_176_385), using: &random)
        // The example of the ULID specification: this moment is 01ARYZ6S41.
        #expect(id.text.hasPrefix("r_01ARYZ6S41"))
        #expect(id.text.utf8.count == 28)
        #expect(id.description == id.text)
        #expect(RoomID(id.text) == id)
    }

    @Test func eachKindHasItsPrefix() {
        let now = Samples.start
        #expect(UserID.make(at: now).text.hasPrefix("u_"))
        #expect(TeamID.make(at: now).text.hasPrefix("t_"))
        #expect(VisitorID.make(at: now).text.hasPrefix("v_"))
        #expect(AttachmentID.make(at: now).text.hasPrefix("f_"))
        #expect(SessionID.make(at: now).text.hasPrefix("s_"))
        #expect(UserID(RoomID.make(at: now).text) == nil)
    }

    @Test func idsSortByTheirMaking() {
        var random = SeededRandom(seed: 2)
        var moments = (0..<500).map { _ in Timestamp(milliseconds: Int64.random(in: 0..<1 << 48, using: &random)) }
        moments = Array(Set(moments)).sorted()
        let ids = moments.map { RoomID.make(at: $0, using: &random) }
        #expect(ids == ids.sorted())
        #expect(Set(ids).count == ids.count)
    }

    @Test func timesBeyondTheRangeAreBroughtIntoIt() {
        var random = SeededRandom(seed: 3)
        #expect(RoomID.make(at: Timestamp(milliseconds: -5), using: &random).text.hasPrefix("r_0000000000"))
        #expect(RoomID.make(at: Timestamp(milliseconds: (1 << 48) - 1), using: &random).text.hasPrefix("r_7ZZZZZZZZZ"))
    }

    @Test func sameSeedGivesTheSameID() {
        var one = SeededRandom(seed: 4)
        var other = SeededRandom(seed: 4)
        #expect(RoomID.make(at: Samples.start, using: &one) == RoomID.make(at: Samples.start, using: &other))
        #expect(RoomID.make(at: Samples.start, using: &one) != RoomID.make(at: Samples.start, using: &one))
    }

    @Test func unguessableIDsHoldNoTime() {
        let ids = (0..<200).map { _ in AttachmentID.unguessable() }
        #expect(Set(ids.map { $0.text.prefix(12) }).count == ids.count)
        #expect(ids.allSatisfy { AttachmentID($0.text) == $0 })
    }

    @Test func textsSortAsTheirIDsDo() throws {
        var random = SeededRandom(seed: 5)
        let texts = (0..<500).map { _ in String.randomID("u", using: &random) }
        let ids = try texts.map { try #require(UserID($0)) }
        #expect(ids.map(\.text) == texts)
        #expect(ids.sorted().map(\.text) == texts.sorted())
    }

    @Test(arguments: 0..<26)
    func eachDigitCounts(place: Int) throws {
        // Each of the 128 bits is in one digit; the first digit holds three of them.
        let texts = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".prefix(place == 0 ? 8 : 32).map { digit in
            "s_" + String(repeating: "0", count: place) + String(digit) + String(repeating: "0", count: 25 - place)
        }
        let ids = try texts.map { try #require(SessionID($0)) }
        #expect(ids.map(\.text) == texts)
        #expect(Set(ids).count == texts.count)
        #expect(ids == ids.sorted())
    }

    @Test func isSixteenBytes() {
        #expect(MemoryLayout<RoomID>.size == 16)
    }

    @Test func texts128BitsAndNoMore() {
        #expect(RoomID("r_7ZZZZZZZZZZZZZZZZZZZZZZZZZ")?.text == "r_7ZZZZZZZZZZZZZZZZZZZZZZZZZ")
        #expect(RoomID("r_80000000000000000000000000") == nil)
        #expect(RoomID("r_ZZZZZZZZZZZZZZZZZZZZZZZZZZ") == nil)
    }

    @Test(arguments: [
        "", "r_", "r_0", "r_00000000000000000000000000x", "r_0000000000000000000000000",
        "r_000000000000000000000000000",
        "u_00000000000000000000000000", "R_00000000000000000000000000", "00000000000000000000000000",
        "r_0000000000000000000000000a", "r_0000000000000000000000000I", "r_0000000000000000000000000L",
        "r_0000000000000000000000000O", "r_0000000000000000000000000U", "r_0000000000000000000000000-",
        "r_0000000000000000000000000 ", " r_0000000000000000000000000", "r_000000000000000000000000\u{661}",
        "r_00000000000000000000000000\u{301}", "r\u{332}_000000000000000000000000",
    ])
    func refuses(text: String) {
        #expect(RoomID(text) == nil)
    }
}

extension String {
    fileprivate static func randomID(_ letter: String, using random: inout SeededRandom) -> String {
        let digits = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
        let first = digits[Int.random(in: 0..<8, using: &random)]
        let rest = (0..<25).map { _ in digits[Int.random(in: 0..<32, using: &random)] }
        return "\(letter)_\(first)\(String(rest))"
    }
}
