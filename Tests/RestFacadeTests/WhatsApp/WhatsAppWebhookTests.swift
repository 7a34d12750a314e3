import Crypto
import Domain
import HTTPTypes
import Storage
import Testing

@testable import RestFacade

/// The address that Meta calls, and what becomes of what it tells.
@Suite struct WhatsAppWebhookTests {
    private static let path = "/api/v1/whatsapp/webhook"

    // MARK: Setting up

    @Test func theChallengeIsAnsweredAsItCame() async throws {
        try await RestHub.with { hub in
            let query = "hub.mode=subscribe&hub.verify_token=verify%20me&hub.challenge=%3Cb%3E11"
            let answer = try await hub.client.get("\(Self.path)?\(query)")
            #expect(answer.status == 200 && answer.body == Array("<b>11".utf8))
            #expect(answer.head.headerFields[.contentType] == "text/plain; charset=utf-8")
        }
    }

    @Test func othersGetNoChallengeBack() async throws {
        try await RestHub.with { hub in
            for query in [
                "", "hub.mode=subscribe&hub.verify_token=verify%20mE&hub.challenge=secret-echo",
                "hub.mode=unsubscribe&hub.verify_token=verify%20me&hub.challenge=secret-echo",
                "hub.mode=subscribe&hub.challenge=secret-echo", "hub.mode=subscribe&hub.verify_token=verify%20me",
            ] {
                let answer = try await hub.client.get("\(Self.path)?\(query)")
                #expect(answer.status == 403)
                #expect(!String(decoding: answer.body, as: UTF8.self).contains("secret-echo"))
            }
        }
    }

    // MARK: At the door

    @Test func onlyWhatIsSignedIsKept() async throws {
        try await RestHub.with { hub in
            let body = Array(Self.delivery(Self.text("wamid.1", "مرحبا")).utf8)
            let good = Self.sign(body)
            let ways: [(headers: [String: String], status: Int)] = [
                ([:], 401), (["X-Hub-Signature-256": ""], 403), (["X-Hub-Signature-256": "sha256=00"], 403),
                (["X-Hub-Signature-256": Self.sign(body, "other")], 403), (["X-Hub-Signature": good], 401),
            ]
            for (headers, status) in ways {
                #expect(try await hub.client.send(.post, Self.path, headers: headers, body: body).status == status)
            }
            #expect(try await hub.deliver(Self.delivery(Self.text("wamid.2", "b")), signedAs: body) == 403)
            #expect(try await hub.stores.webhooks.counts(.whatsapp).new == 0)
            #expect(try await hub.stores.conversations.inbox(InboxQuery(limit: 9)).isEmpty)
            #expect(
                try await hub.client.send(.post, Self.path, headers: ["X-Hub-Signature-256": good], body: body).status
                    == 200)
            let metrics = try await hub.metrics()
            for line in [#"{ending="accepted"} 1"#, #"{ending="forged"} 4"#, #"{ending="unsigned"} 2"#] {
                #expect(metrics.contains("hub_whatsapp_webhooks_total\(line)"), "\(line)\n\(metrics)")
            }
        }
    }

    @Test func withoutASecretNothingIsAccepted() async throws {
        try await RestHub.with(RestHub.Options(appSecret: nil)) { hub in
            let status = try await hub.deliver(Self.delivery(Self.text("wamid.1", "a")))
            #expect(status == 503)
            #expect(try await hub.stores.conversations.inbox(InboxQuery(limit: 9)).isEmpty)
        }
    }

    @Test func moreThanThreeMegabytesAreTooMany() async throws {
        try await RestHub.with { hub in
            let body = [UInt8](repeating: 0x20, count: 3 * 1024 * 1024 + 1)
            let headers = ["X-Hub-Signature-256": Self.sign(body)]
            let answer = try await hub.client.send(.post, Self.path, headers: headers, body: body)
            #expect(answer.status == 413)
        }
    }

    // MARK: Behind it

    @Test func messagesComeIntoOneConversationInTheirOrder() async throws {
        try await RestHub.with { hub in
            let texts = (1...9).map { Self.text("wamid.\($0)", "نص \($0)", at: 1_750_000_000 + $0) }
            #expect(try await hub.deliver(Self.delivery(texts.shuffled().joined(separator: ","))) == 200)
            #expect(try await hub.deliver(Self.delivery(texts.shuffled().joined(separator: ","))) == 200)
            let log = try await hub.conversation(until: 9)
            #expect(log.compactMap { $0.body?.plainText } == (1...9).map { "نص \($0)" })
            try await hub.workedOff()
            #expect(try await hub.conversation(until: 9).count == 9)
            let line = try #require(try await hub.stores.conversations.inbox(InboxQuery(limit: 9)).first)
            #expect(line.conversation.channel == .whatsapp && line.conversation.unread == 9)
            #expect(line.contact.participant.name == "Sheena" && line.contact.phone == "+966501234567")
        }
    }

    @Test func repliesReactionsEditsAndRevocationsFindTheirMessage() async throws {
        try await RestHub.with { hub in
            let base = #""from":"966501234567","timestamp":"1750000009""#
            let reply = #"{\#(base),"id":"wamid.2","type":"text","text":{"body":"b"},"context":{"id":"wamid.1"}}"#
            let heart = #"{\#(base),"id":"wamid.3","type":"reaction","reaction":{"message_id":"wamid.1","emoji":"❤️"}}"#
            let thumb = #"{\#(base),"id":"wamid.4","type":"reaction","reaction":{"message_id":"wamid.1","emoji":"👍"}}"#
            let edit =
                #"{\#(base),"id":"wamid.5","type":"edit","edit":{"original_message_id":"wamid.1","message":{"type":"text","text":{"body":"a+"}}}}"#
            let revoke = #"{\#(base),"id":"wamid.6","type":"revoke","revoke":{"original_message_id":"wamid.2"}}"#
            // The changes come before what they change.
            for change in [heart, edit, revoke] { #expect(try await hub.deliver(Self.delivery(change)) == 200) }
            try await eventually("three items wait") {
                try await hub.stores.webhooks.counts(.whatsapp).waitingItems == 3
            }
            #expect(try await hub.deliver(Self.delivery(Self.text("wamid.1", "a"))) == 200)
            try await eventually("the first message") { try await hub.messages().count == 1 }
            #expect(try await hub.deliver(Self.delivery(reply)) == 200)
            try await eventually("all is done") {
                let messages = try await hub.messages()
                return messages.count == 2 && messages[1].deleted != nil && messages[0].reactions.map(\.emoji) == ["❤️"]
                    && messages[0].body == .text("a+")
            }
            #expect(try await hub.messages()[1].event.content.replyTo == SequenceNumber(1))
            #expect(try await hub.deliver(Self.delivery(thumb)) == 200)
            try await eventually("another reaction in its place") {
                try await hub.messages()[0].reactions.map(\.emoji) == ["👍"]
            }
            let off = #"{\#(base),"id":"wamid.7","type":"reaction","reaction":{"message_id":"wamid.1"}}"#
            #expect(try await hub.deliver(Self.delivery(off)) == 200)
            try await eventually("no reaction") { try await hub.messages()[0].reactions.isEmpty }
            #expect(try await hub.stores.webhooks.counts(.whatsapp).waitingItems == 0)
        }
    }

    @Test func statusesRiseAndNeverFall() async throws {
        try await RestHub.with { hub in
            let echo =
                #"{"from":"1","to":"966501234567","id":"wamid.o","timestamp":"1750000000","type":"text","text":{"body":"من الهاتف"}}"#
            func status(_ state: String) -> String {
                #"{"id":"wamid.o","status":"\#(state)","timestamp":"1750000001","recipient_id":"966501234567"}"#
            }
            let read = Self.value(#""statuses":[\#(status("read"))]"#)
            #expect(try await hub.deliver(read) == 200)
            try await eventually("it waits") { try await hub.stores.webhooks.counts(.whatsapp).waitingItems == 1 }
            #expect(
                try await hub.deliver(Self.value(#""message_echoes":[\#(echo)]"#, field: "smb_message_echoes")) == 200)
            for state in ["sent", "delivered", "failed", "read"] {
                #expect(try await hub.deliver(Self.value(#""statuses":[\#(status(state))]"#)) == 200)
            }
            try await eventually("read") { try await hub.messages().first?.status?.state == .read }
            try await hub.workedOff()
            let message = try await hub.messages()[0]
            #expect(message.status?.state == .read && message.event.author.kind == .staff)
            let line = try #require(try await hub.stores.conversations.inbox(InboxQuery(limit: 9)).first)
            #expect(line.conversation.unread == 0 && line.conversation.waitingSince == nil)
        }
    }

    @Test func whatCannotBeReadIsParkedAndHarmsNothing() async throws {
        try await RestHub.with { hub in
            #expect(try await hub.deliver("{") == 200)
            #expect(
                try await hub.deliver(Self.delivery(#"17,{"type":"text"},\#(Self.text("wamid.1", "a"))"#)) == 200)
            #expect(try await hub.deliver(Self.value(#""event":"DISABLED""#, field: "account_update")) == 200)
            _ = try await hub.conversation(until: 1)
            try await hub.workedOff()
            let counts = try await hub.stores.webhooks.counts(.whatsapp)
            #expect(counts == WebhookCounts(new: 0, parked: 1, waitingItems: 0, parkedItems: 2))
        }
    }

    // MARK: Deliveries

    static func text(_ id: String, _ text: String, at seconds: Int = 1_750_000_000) -> String {
        #"{"from":"966501234567","id":"\#(id)","timestamp":"\#(seconds)","type":"text","text":{"body":"\#(text)"}}"#
    }

    static func delivery(_ messages: String) -> String {
        value(#""contacts":[{"profile":{"name":"Sheena"},"wa_id":"966501234567"}],"messages":[\#(messages)]"#)
    }

    static func value(_ members: String, field: String = "messages") -> String {
        #"{"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"\#(field)","value":{"#
            + #""messaging_product":"whatsapp","metadata":{"phone_number_id":"106540352242922"},\#(members)}}]}]}"#
    }

    static func sign(_ body: [UInt8], _ secret: String = "secret") -> String {
        let code = HMAC<SHA256>.authenticationCode(for: body, using: SymmetricKey(data: Array(secret.utf8)))
        return "sha256=" + code.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
    }
}

extension RestHub {
    /// Sends a delivery and returns the status of the answer.
    fileprivate func deliver(_ json: String, signedAs other: [UInt8]? = nil) async throws -> Int {
        let body = Array(json.utf8)
        let headers = ["X-Hub-Signature-256": WhatsAppWebhookTests.sign(other ?? body)]
        return try await client.send(.post, "/api/v1/whatsapp/webhook", headers: headers, body: body).status
    }

    /// The messages of the one conversation.
    fileprivate func messages() async throws -> [FoldedHistory.Message] {
        guard let room = try await stores.conversations.inbox(InboxQuery(limit: 2)).first?.room.id else { return [] }
        let page = HistoryPage(position: .newest, limit: 100)
        return FoldedHistory(try await stores.rooms.history(of: room, page)).messages
    }

    fileprivate func conversation(until count: Int) async throws -> [FoldedHistory.Message] {
        try await eventually("\(count) messages") { try await messages().count >= count }
        return try await messages()
    }

    fileprivate func workedOff() async throws {
        try await eventually("everything is worked off") { try await stores.webhooks.counts(.whatsapp).new == 0 }
    }

    fileprivate func metrics() async throws -> String {
        let admin = try await signedIn("Admin", role: .admin)
        return String(decoding: try await client.get("/metrics", token: admin.token).body, as: UTF8.self)
    }
}
