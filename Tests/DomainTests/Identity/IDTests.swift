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
