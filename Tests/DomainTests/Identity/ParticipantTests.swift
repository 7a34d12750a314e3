import Domain
import HubTestKit
import Testing

@Suite struct ParticipantTests {
    @Test func namesChangePeopleStay() {
        let renamed = Participant(kind: .staff, id: Samples.agent.id, name: "عمر الجديد")
        #expect(renamed.isSamePerson(as: Samples.agent))
        #expect(renamed != Samples.agent)
        let namesake = Participant(kind: .contact, id: Samples.agent.id, name: Samples.agent.name)
        #expect(!namesake.isSamePerson(as: Samples.agent))
        #expect(!Samples.colleague.isSamePerson(as: Samples.agent))
    }

    @Test func visitorsAndContactsAreCustomers() {
        let customers = Participant.Kind.allCases.filter(\.isCustomer)
        #expect(customers == [.visitor, .contact])
    }

    @Test func everyKindSurvivesTheRoundTrip() {
        for kind in Participant.Kind.allCases {
            let who = Participant(kind: kind, id: "x", name: "ي")
            #expect(Participant(json: who.json) == who)
        }
    }

    @Test(arguments: [
        JSONValue.null,
        .object([:]),
        .object(["kind": .string("robot"), "id": .string("x"), "name": .string("y")]),
        .object(["kind": .string("staff"), "id": .integer(1), "name": .string("y")]),
        .object(["kind": .string("staff"), "id": .string("x")]),
    ])
    func refuses(json: JSONValue) {
        #expect(Participant(json: json) == nil)
    }
}
