import Domain
import HubTestKit
import Storage
import Testing

@testable import Actors

/// What Twilio tells reaches the conversation of who wrote, once.
@Suite struct TwilioScribeTests {
    private static let phone = "966501234567"

    private static func event(_ form: FormFields, about: String? = nil) -> WebhookEvent {
        WebhookEvent(
            id: "e", provider: .twilio, receivedAt: .present, body: Array(form.text.utf8), about: about, attempts: 1)
    }

    private static func message(_ sid: String, _ text: String) -> WebhookEvent {
        event([
            "MessageSid": sid, "AccountSid": "AC1", "SmsStatus": "received", "From": "+\(phone)", "To": "+1555",
            "Body": text, "NumMedia": "1", "MediaUrl0": "https://api.twilio.com/m",
        ])
    }

    @Test func anSMSStandsInTheCustomersConversationOnce() async throws {
        try await ActorsFixture.withHub { hub in
            let person = try #require(WhatsAppPerson(userID: nil, phone: Self.phone))
            let whatsApp = WhatsAppScribe(
                people: hub.stores.whatsApp, rooms: hub.log, gateway: hub.directory, outbox: hub.stores.outbox,
                now: { .present })
            let hello = WhatsAppMessage(
                number: "1", id: "wamid.1", person: person, sentAt: .present, content: .text("مرحبا"))
            _ = try await whatsApp.write(WhatsAppItem(content: .message(hello), source: .null))
            let room = try #require(try await hub.stores.whatsApp.places(of: ["wamid.1"])["wamid.1"]?.room)

            let scribe = TwilioScribe(
                outbox: hub.stores.outbox, messages: hub.stores.sms, conversations: hub.stores.conversations,
                gateway: hub.directory)
            for _ in 0..<2 {
                for item in try scribe.items(of: Self.message("SM1", "أين طلبي؟")) {
                    #expect(try await scribe.write(item) == .done)
                }
            }
            let events = try await hub.log.events(of: room, after: .zero, limit: 99)
            let cards = events.compactMap { event -> MessageCard? in
                guard case .message(.card(let card), _) = event.content, event.author.kind == .contact else {
                    return nil
                }
                return card
            }
            #expect(cards.count == 1 && cards[0].text.contains("أين طلبي؟") && cards[0].text.contains("Twilio"))
            #expect(cards[0].details["notice"] == "sms" && cards[0].details["from"] == .string("+\(Self.phone)"))
            #expect(try await hub.stores.rooms.room(room)?.conversation?.unread == 2)
        }
    }

    @Test func whatIsNoReportOfOursChangesNothing() async throws {
        try await ActorsFixture.withHub { hub in
            let scribe = TwilioScribe(
                outbox: hub.stores.outbox, messages: hub.stores.sms, conversations: hub.stores.conversations,
                gateway: hub.directory)
            let report: FormFields = ["MessageSid": "SM1", "AccountSid": "AC1", "MessageStatus": "delivered"]
            for about in [nil, "nonsense", OutboxEntryID.make(at: .present).text] {
                for item in try scribe.items(of: Self.event(report, about: about)) {
                    #expect(try await scribe.write(item) == .done)
                }
            }
            #expect(throws: WebhookUnreadable.self) { try scribe.items(of: Self.event(["a": "b"])) }
            #expect(throws: WebhookUnreadable.self) {
                try SendGridScribe(outbox: hub.stores.outbox).items(of: Self.event(["a": "b"]))
            }
        }
    }
}
