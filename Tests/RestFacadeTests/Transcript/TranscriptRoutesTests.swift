import Actors
import Domain
import HTTPTypes
import Storage
import Testing

@testable import RestFacade

@Suite struct TranscriptRoutesTests {
    @Test func aTranscriptIsWhatItsReaderMayRead() async throws {
        try await RestHub.with { hub in
            let agent = try await hub.signedIn("عمر")
            let visitor = try await hub.visitor("نورة")
            let room = visitor.visitor.room
            let side = try #require(try await hub.stores.conversations.summaries(of: [room]).first).conversation.side
            try await hub.say("<b>أين طلبي؟</b>", visitor.visitor.participant, in: room)
            try await hub.say("عميل مهم", agent.user.participant, in: side)
            let gone = try await hub.say("خطأ", agent.user.participant, in: room)
            _ = try await hub.rooms.append(
                Draft(author: agent.user.participant, mid: .fresh(), content: .deletion(target: gone)), to: room)
            try await hub.say("وصل", agent.user.participant, in: room)
            let path = "/api/v1/conversations/\(room)/transcript"

            let mine = try await hub.client.get(path, token: visitor.token)
            let text = String(decoding: mine.body, as: UTF8.self)
            #expect(mine.header("Content-Type") == "text/plain; charset=utf-8")
            #expect(mine.header("Content-Disposition")?.hasPrefix("attachment") == true)
            #expect(text.contains("أين طلبي؟") && text.contains("وصل") && text.contains("حُذفت"))
            #expect(!text.contains("عميل مهم") && !text.contains("خطأ"))
            try await hub.client.get("\(path)?notes=true", token: visitor.token).expectProblem(403, "forbidden")
            let stranger = try await hub.visitor("غريب").token
            try await hub.client.get(path, token: stranger).expectProblem(403, "forbidden")

            let theirs = try await hub.client.get("\(path)?format=html&notes=true&language=ar", token: agent.token)
            let page = String(decoding: theirs.body, as: UTF8.self)
            #expect(theirs.header("Content-Type") == "text/html; charset=utf-8")
            #expect(page.contains("&lt;b&gt;أين طلبي؟&lt;/b&gt;") && !page.contains("<b>أين"))
            let order = ["أين طلبي؟", "عميل مهم", "حُذفت", "وصل"].compactMap { page.firstRange(of: $0)?.lowerBound }
            #expect(order.count == 4 && order == order.sorted(), "a note stands where it was written")
            let plain = try await hub.client.get(path, token: agent.token)
            #expect(!String(decoding: plain.body, as: UTF8.self).contains("عميل مهم"))
        }
    }

    @Test func aLongConversationIsWhole() async throws {
        try await RestHub.with { hub in
            let visitor = try await hub.visitor("نورة")
            for number in 1...450 {
                try await hub.say("رسالة \(number).", visitor.visitor.participant, in: visitor.visitor.room)
            }
            let answer = try await hub.client.get(
                "/api/v1/conversations/\(visitor.visitor.room)/transcript", token: visitor.token)
            let text = String(decoding: answer.body, as: UTF8.self)
            #expect((1...450).allSatisfy { text.contains("رسالة \($0).") })
            #expect(text.split(separator: "\n").count == 452)
        }
    }

    @Test func aTranscriptIsSentOnce() async throws {
        try await RestHub.with { hub in
            let agent = try await hub.signedIn("عمر")
            let visitor = try await hub.visitor("نورة")
            let room = visitor.visitor.room
            let side = try #require(try await hub.stores.conversations.summaries(of: [room]).first).conversation.side
            let path = "/api/v1/conversations/\(room)/transcript"

            let none = try await hub.client.post(path, [:], token: agent.token)
            try none.expectProblem(422, "invalid")
            let first = try await hub.client.post(
                path, ["to": "noura@example.net"], token: agent.token, headers: ["Idempotency-Key": "1"])
            #expect(first.status == 202)
            let again = try await hub.client.post(
                path, ["to": "noura@example.net"], token: agent.token, headers: ["Idempotency-Key": "1"])
            #expect(again.status == 202 && again.header("Idempotent-Replayed") == "true")
            #expect(try again.text("mail") == first.text("mail"))
            let mail = try #require(OutboxEntryID(try first.text("mail")))
            let entry = try #require(try await hub.stores.outbox.entry(mail))
            #expect(entry.lane.recipient == "noura@example.net" && entry.room == side)
            #expect(entry.content == .mail(MailOrder(.transcript, of: room, in: .arabic)))
            #expect(try await hub.stores.outbox.counts() == [.queued: 1])
            let log = try await hub.stores.rooms.events(of: side, after: .zero, limit: 9)
            #expect(log.map(\.author) == [agent.user.participant])
        }
    }

    @Test func aVisitorWritesToThemselvesAndNotTooOften() async throws {
        try await RestHub.with { hub in
            let visitor = try await hub.visitor("نورة")
            let other = try await hub.visitor("غريب")
            let path = "/api/v1/conversations/\(visitor.visitor.room)/transcript"
            _ = try await hub.stores.conversations.update(
                visitor.visitor.id, profile: VisitorProfile(email: "noura@example.net"), verifiedUserID: nil,
                at: hub.clock.now)

            let stranger = try await hub.client.post(path, ["to": "x@example.net"], token: other.token)
            try stranger.expectProblem(403, "forbidden")
            let elsewhere = try await hub.client.post(path, ["to": "x@example.net"], token: visitor.token)
            try elsewhere.expectProblem(403, "forbidden")
            for _ in 0..<3 {
                let mine = try await hub.client.post(path, ["to": "Noura@example.net"], token: visitor.token)
                #expect(mine.status == 202)
            }
            try await hub.client.post(path, [:], token: visitor.token).expectProblem(429, "rate_limited")
        }
    }

    @Test func withoutMailItIsSaidWhatToDo() async throws {
        var options = RestHub.Options()
        options.mailbox = nil
        try await RestHub.with(options) { hub in
            let agent = try await hub.signedIn("عمر")
            let visitor = try await hub.visitor("نورة")
            let answer = try await hub.client.post(
                "/api/v1/conversations/\(visitor.visitor.room)/transcript", ["to": "x@example.net"],
                token: agent.token)
            try answer.expectProblem(409, "conflict")
            #expect(try answer.text("detail").contains("EMAIL_TOKENS"))
        }
    }
}
