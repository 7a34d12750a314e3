import Domain
import Testing

/// Whose a message is.
@Suite struct WhatsAppMatchTests {
    private let moment = Timestamp(milliseconds: 1_790_000_000_000)

    private func identity(_ userID: String?, _ phone: String?) -> WhatsAppIdentity {
        WhatsAppIdentity(id: .make(at: moment), number: "1", room: .make(at: moment), userID: userID, phone: phone)
    }

    private func person(_ userID: String?, _ phone: String?) throws -> WhatsAppPerson {
        try #require(WhatsAppPerson(userID: userID, phone: phone))
    }

    @Test func nobodyIsANewcomer() throws {
        #expect(WhatsAppMatch(try person("SA.1", "1"), among: []) == .newcomer(releasing: nil))
    }

    @Test func theUserIDDecides() throws {
        let known = identity("SA.1", "111")
        #expect(WhatsAppMatch(try person("SA.1", nil), among: [known]) == .known(known, releasing: nil))
        var moved = known
        moved.phone = "222"
        #expect(WhatsAppMatch(try person("SA.1", "222"), among: [known]) == .known(moved, releasing: nil))
    }

    @Test func aNumberWithoutAnIDIsWhoeverHasItNow() throws {
        let known = identity("SA.1", "111")
        #expect(WhatsAppMatch(try person(nil, "111"), among: [known]) == .known(known, releasing: nil))
        let early = identity(nil, "111")
        var told = early
        told.userID = "SA.1"
        #expect(WhatsAppMatch(try person("SA.1", "111"), among: [early]) == .known(told, releasing: nil))
    }

    @Test func aNumberOfSomebodyElseIsReleased() throws {
        let former = identity("SA.1", "111")
        #expect(WhatsAppMatch(try person("SA.2", "111"), among: [former]) == .newcomer(releasing: former.id))
        let other = identity("SA.2", "222")
        var moved = other
        moved.phone = "111"
        #expect(
            WhatsAppMatch(try person("SA.2", "111"), among: [former, other]) == .known(moved, releasing: former.id))
    }

    @Test func aConversationFromBeforeIDsKeepsItsNumber() throws {
        let early = identity(nil, "111")
        let hidden = identity("SA.1", nil)
        #expect(WhatsAppMatch(try person("SA.1", "111"), among: [early, hidden]) == .known(hidden, releasing: nil))
    }

    // MARK: Names of writes

    @Test func everyMessageHasAWriteOfItsOwn() throws {
        let head = "wamid.HBgLMTY1MDM4Nzk0MzkVAgASGBQzQTRBNjU5OUFFRTAzODEwMTQ0"
        var seen: Set<MID> = []
        var count = 0
        for tail in ["RgA=", "RgB=", "Rg+=", "Rg-=", "Rg/=", "Rg_=", "RgA", ""] {
            for head in [head, "X" + head, String(repeating: head, count: 9), "", "é"] {
                for part in ["", "on", "0"] {
                    count += 1
                    let mid = try #require(MID.whatsApp(head + tail, part: part))
                    #expect(mid == MID.whatsApp(head + tail, part: part))
                    seen.insert(mid)
                }
            }
        }
        #expect(seen.count == count)
    }
}
