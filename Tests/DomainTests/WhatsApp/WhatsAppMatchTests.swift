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

    private func match(
        _ person: WhatsAppPerson,
        at moment: Timestamp? = nil,
        telling next: WhatsAppPerson? = nil,
        among identities: [WhatsAppIdentity] = [],
        former: [WhatsAppFormerAddress] = [],
        firstHeard: [WhatsAppIdentityID: Timestamp] = [:]
    ) -> WhatsAppMatch {
        WhatsAppMatch(
            person,
            at: moment ?? self.moment,
            telling: next,
            to: "1",
            among: WhatsAppHolders(identities, former: former, firstHeard: firstHeard),
            fresh: NewWhatsAppIdentity(at: self.moment)
        )
    }

    private func gaveUp(
        _ identity: WhatsAppIdentity,
        _ kind: WhatsAppFormerAddress.Kind,
        _ value: String,
        until moment: Timestamp
    ) -> WhatsAppFormerAddress {
        WhatsAppFormerAddress(identity: identity.id, kind: kind, value: value, until: moment)
    }

    // MARK: Who writes

    @Test func nobodyIsANewcomer() throws {
        let found = match(try person("SA.1", "1"))
        #expect(found.isNew && found.identity.userID == "SA.1" && found.identity.phone == "1")
        #expect(found.released.isEmpty && found.former.isEmpty)
    }

    @Test func theUserIDDecides() throws {
        let known = identity("SA.1", "111")
        let same = match(try person("SA.1", nil), among: [known])
        #expect(same.identity == known && same.isKnown)
        var moved = known
        moved.phone = "222"
        let found = match(try person("SA.1", "222"), among: [known])
        #expect(found.identity == moved && !found.isNew)
        #expect(found.former == [gaveUp(known, .phone, "111", until: moment - .milliseconds(1))])
    }

    @Test func aNumberWithoutAnIDIsWhoeverHasItNow() throws {
        let known = identity("SA.1", "111")
        #expect(match(try person(nil, "111"), among: [known]).isKnown)
        let early = identity(nil, "111")
        var told = early
        told.userID = "SA.1"
        let found = match(try person("SA.1", "111"), among: [early])
        #expect(found.identity == told && !found.isKnown && found.former.isEmpty)
    }

    @Test func aNumberOfSomebodyElseIsReleased() throws {
        let first = identity("SA.1", "111")
        var without = first
        without.phone = nil
        let former = gaveUp(first, .phone, "111", until: moment - .milliseconds(1))
        let newcomer = match(try person("SA.2", "111"), among: [first])
        #expect(newcomer.isNew && newcomer.released == [without] && newcomer.former == [former])
        let other = identity("SA.2", "222")
        let known = match(try person("SA.2", "111"), among: [first, other])
        #expect(known.identity.id == other.id && known.identity.phone == "111" && known.released == [without])
        #expect(Set(known.former.map(\.value)) == ["111", "222"])
    }

    @Test func aConversationFromBeforeIDsKeepsItsNumber() throws {
        let early = identity(nil, "111")
        let hidden = identity("SA.1", nil)
        #expect(match(try person("SA.1", "111"), among: [early, hidden]).identity == hidden)
    }

    // MARK: When it was sent

    @Test func aLateMessageIsOfWhoeverHadTheNumberThen() throws {
        let first = identity("SA.1", "333")
        let second = identity("SA.2", "444")
        let now = identity("SA.3", "111")
        let former = [
            gaveUp(second, .phone, "111", until: moment), gaveUp(first, .phone, "111", until: moment - .seconds(60)),
        ]
        func owner(_ sentAt: Timestamp) throws -> WhatsAppIdentityID {
            let found = match(try person(nil, "111"), at: sentAt, among: [first, second, now], former: former)
            #expect(found.isKnown)
            return found.identity.id
        }
        #expect(try owner(moment - .seconds(61)) == first.id)
        #expect(try owner(moment - .seconds(60)) == first.id)
        #expect(try owner(moment - .seconds(59)) == second.id)
        #expect(try owner(moment) == second.id)
        #expect(try owner(moment + .seconds(1)) == now.id)
    }

    @Test func aLateMessageTakesNothingBack() throws {
        let known = identity("SA.2", "222")
        let former = [gaveUp(known, .phone, "111", until: moment), gaveUp(known, .userID, "SA.1", until: moment)]
        for told in [try person("SA.1", "111"), try person("SA.1", nil), try person("SA.2", "111")] {
            #expect(match(told, at: moment - .seconds(1), among: [known], former: former).isKnown)
        }
    }

    @Test func aNumberThatWasGivenUpIsANewPersons() throws {
        let known = identity("SA.2", "222")
        let former = [gaveUp(known, .phone, "111", until: moment)]
        let found = match(try person(nil, "111"), at: moment + .seconds(1), among: [known], former: former)
        #expect(found.isNew && found.released.isEmpty)
    }

    // MARK: New addresses

    @Test func aNewNumberKeepsTheConversation() throws {
        let known = identity("SA.1", "111")
        let found = match(try person(nil, "111"), telling: try person(nil, "222"), among: [known])
        #expect(found.identity.id == known.id && found.identity.phone == "222" && found.identity.userID == nil)
        #expect(
            found.former == [
                gaveUp(known, .phone, "111", until: moment), gaveUp(known, .userID, "SA.1", until: moment),
            ])
        // Told again, it changes nothing.
        let again = match(
            try person(nil, "111"), telling: try person(nil, "222"), among: [found.identity], former: found.former)
        #expect(again.isKnown && again.identity == found.identity)
    }

    @Test(arguments: ["SA.1", "SA.2"])
    func aNewUserIDKeepsTheConversation(_ sender: String) throws {
        let known = identity("SA.1", "111")
        let found = match(try person(sender, "111"), telling: try person("SA.2", nil), among: [known])
        #expect(found.identity.id == known.id && found.identity.userID == "SA.2" && found.identity.phone == "111")
        #expect(found.former == [gaveUp(known, .userID, "SA.1", until: moment)])
    }

    @Test func whoWroteFromTheNewNumberFirstIsJoined() throws {
        let known = identity("SA.1", "111")
        let early = identity("SA.2", "222")
        let heard = [early.id: moment + .seconds(3), known.id: moment - .seconds(900)]
        for next in [try person(nil, "222"), try person("SA.2", "222"), try person("SA.2", nil)] {
            let found = match(
                try person(nil, "111"), telling: next, among: [known, early], firstHeard: heard)
            #expect(found.identity.id == known.id && found.identity.room == known.room && found.joined == early)
            #expect(found.identity.phone == "222" && found.identity.userID == "SA.2" && found.released.isEmpty)
            #expect(Set(found.former.map(\.value)) == ["111", "SA.1"])
        }
    }

    @Test func whoHadTheNewNumberBeforeIsSomebodyElse() throws {
        let known = identity("SA.1", "111")
        for other in [identity("SA.7", "222"), identity(nil, "222")] {
            let found = match(
                try person(nil, "111"), telling: try person("SA.2", "222"), among: [known, other],
                firstHeard: [other.id: moment - .seconds(60)])
            #expect(found.identity.id == known.id && found.identity.phone == "222" && found.joined == nil)
            #expect(found.released.map(\.id) == [other.id] && found.released[0].phone == nil)
            #expect(found.former.contains(gaveUp(other, .phone, "222", until: moment)))
        }
    }

    @Test func whoIsOnlyKnownByTheNewNumberIsNobodyNew() throws {
        let known = identity(nil, "222")
        let found = match(
            try person(nil, "111"), telling: try person(nil, "222"), among: [known],
            firstHeard: [known.id: moment + .seconds(1)])
        #expect(found.identity == known && found.former == [gaveUp(known, .phone, "111", until: moment)])
        let nobody = match(try person("SA.1", "111"), telling: try person(nil, "222"))
        #expect(nobody.isNew && nobody.identity.phone == "222" && nobody.identity.userID == nil)
        #expect(Set(nobody.former.map(\.value)) == ["111", "SA.1"])
    }

    @Test func changesThatComeInTheWrongOrderEndAtTheLastNumber() throws {
        // The second change was told first, of somebody met under the number in between.
        let known = identity(nil, "111")
        let between = identity(nil, "333")
        let former = [gaveUp(between, .phone, "222", until: moment + .seconds(60))]
        let found = match(
            try person(nil, "111"), telling: try person(nil, "222"), among: [known, between], former: former,
            firstHeard: [between.id: moment + .seconds(60)])
        #expect(found.identity.id == known.id && found.identity.phone == "333" && found.joined == between)
    }

    @Test func aChangeThatIsOutdatedChangesNothing() throws {
        let known = identity("SA.1", "333")
        let former = [gaveUp(known, .phone, "111", until: moment + .seconds(5))]
        let found = match(
            try person(nil, "111"), telling: try person(nil, "222"), among: [known], former: former)
        #expect(found.isKnown && found.identity == known)
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
