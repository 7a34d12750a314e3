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
}
