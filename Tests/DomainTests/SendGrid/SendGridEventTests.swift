import Domain
import Testing

@Suite struct SendGridEventTests {
    private static let body = """
        [{"email":"a@b.example","timestamp":1600112492,"event":"delivered","sg_event_id":"e1",\
        "sg_message_id":"m1.filter.x","hub_entry":"o_1"},{"event":"new_kind","email":"a@b.example"},\
        {"email":"a@b.example","timestamp":1600112493,"event":"bounce","type":"blocked","sg_event_id":"e2",\
        "reason":"550 no"}]\r\n
        """

    @Test func eventsAreReadAndUnknownOnesLeftOut() throws {
        let events = try #require(SendGridEvent.all(in: Array(Self.body.utf8)))
        #expect(events.map(\.key) == ["e1", "e2"] && events.map(\.status) == [.delivered, .failed])
        #expect(events[0].entry == "o_1" && events[0].providerID == "m1")
        #expect(events[0].at.milliseconds == 1_600_112_492_000 && events[0].problem == nil)
        #expect(events[1].isBlock && events[1].problem?.details == "550 no")
    }

    @Test(arguments: ["", "{}", "[", "null", "[1]x"])
    func whatIsNoListIsNone(_ body: String) {
        #expect(SendGridEvent.all(in: Array(body.utf8)) == nil)
    }

    @Test func everyKindHasAStatusOrNone() {
        let statuses = SendGridEvent.Kind.allCases.compactMap { kind in
            SendGridEvent(
                json: [
                    "event": .string(kind.rawValue), "sg_event_id": "e", "email": "a@b.example", "timestamp": 1,
                ])?.status
        }
        #expect(statuses == [.sent, .delivered, .failed, .failed, .read, .read])
    }
}
