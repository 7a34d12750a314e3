import Domain
import HTTPTypes
import Testing

@testable import RestFacade

@Suite struct CannedReplyRoutesTests {
    private static let path = "/api/v1/canned-replies"

    @Test func aReplyLives() async throws {
        try await RestHub.with { hub in
            let boss = try await hub.signedIn("سارة", role: .supervisor).token
            let agent = try await hub.signedIn("عمر").token
            let body: [String: JSONValue] = ["shortcut": "أهلا", "text_ar": "أهلاً {{contact.first_name}}"]
            try await hub.client.post(Self.path, body, token: agent).expectProblem(403, "forbidden")
            let key = ["Idempotency-Key": "k1"]
            let made = try await hub.client.post(Self.path, body, token: boss, headers: key)
            #expect(made.status == 201)
            let again = try await hub.client.post(Self.path, body, token: boss, headers: key)
            #expect(try again.json() == made.json() && again.header("Idempotent-Replayed") == "true")
            try await hub.client.post(Self.path, body, token: boss).expectProblem(409, "conflict")
            let place = try #require(made.header("Location"))
            #expect(try await hub.client.get(place, token: agent).json() == made.json())
            let page = try await hub.client.get("\(Self.path)?q=%D8%A7%D9%87%D9%84%D8%A7", token: agent)
            #expect(try page.list("items") == [made.json()])
            let english: [String: JSONValue] = ["text_en": "Hello {{contact.first_name}}", "text_ar": .null]
            let changed = try await hub.client.patch(place, english, token: boss, headers: ["If-Match": #""v1""#])
            #expect(try changed.json()["text_ar"] == nil && changed.number("version") == 2)
            let empty = try await hub.client.patch(place, ["text_en": .null], token: boss)
            try empty.expectProblem(422, "invalid")
            #expect(try await hub.client.send(.delete, place, token: boss).status == 204)
            try await hub.client.get(place, token: agent).expectProblem(404, "not_found")
        }
    }

    @Test func whatIsNoVariableIsRefused() async throws {
        try await RestHub.with { hub in
            let boss = try await hub.signedIn("سارة", role: .admin).token
            for text in ["{{contact.password}}", "{{contact.name", "   "] {
                let body: [String: JSONValue] = ["shortcut": "x", "text_en": .string(text)]
                try await hub.client.post(Self.path, body, token: boss).expectProblem(422, "invalid")
            }
            let spaced: [String: JSONValue] = ["shortcut": "two words", "text_en": "Hi"]
            try await hub.client.post(Self.path, spaced, token: boss).expectProblem(422, "invalid")
        }
    }

    @Test func aReplyIsFilledInForItsConversation() async throws {
        try await RestHub.with { hub in
            let boss = try await hub.signedIn("سارة", role: .admin).token
            let agent = try await hub.signedIn("عبد الله الحربي").token
            let visitor = try await hub.visitor("نورة {{agent.name}}")
            let made = try await hub.client.post(
                Self.path,
                [
                    "shortcut": "away",
                    "text_ar": "{{contact.name}}، معك {{agent.first_name}}. نفتح {{hours.next_opening}}",
                    "text_en": "{{ contact.email }}",
                ], token: boss)
            let place = try #require(made.header("Location")) + "/render"
            let room = JSONValue.string(visitor.visitor.room.text)
            let filled = try await hub.client.post(place, ["room": room], token: agent)
            // What a customer calls themselves is text, whatever it looks like.
            #expect(try filled.text("text").hasPrefix("نورة {{agent.name}}، معك عبد الله. نفتح "))
            #expect(try filled.list("missing").isEmpty && filled.text("language") == "ar")
            let english = try await hub.client.post(place, ["room": room, "language": "en"], token: agent)
            #expect(try english.text("text") == "{{ contact.email }}")
            #expect(try english.list("missing") == ["contact.email"])
            let nowhere: [String: JSONValue] = ["room": .string(RoomID.make(at: hub.clock.now).text)]
            try await hub.client.post(place, nowhere, token: agent).expectProblem(404, "not_found")
            try await hub.client.post(place, ["room": room], token: visitor.token).expectProblem(403, "forbidden")
        }
    }
}
