import Domain
import HubTestKit
import Testing

@testable import Integrations

@Suite struct WhatsAppClientTests {
    private static let token = "EAAG-secret-token"
    private static let accepted = ScriptedServer.json(
        200, #"{"messaging_product":"whatsapp","contacts":[{"wa_id":"966"}],"messages":[{"id":"wamid.1"}]}"#)

    private func client(_ url: String, timeout: Duration = .seconds(20)) -> WhatsAppClient {
        var account = WhatsAppClient.Account(number: "1065", token: Self.token)
        account.baseURL = url
        return WhatsAppClient(account, timeout: timeout)
    }

    private func send(
        _ client: WhatsAppClient,
        _ message: OutboundMessage = .text("مرحبا", showsPreview: true),
        to recipient: WhatsAppRecipient = .phone("966511111111"),
        target: String? = nil
    ) async throws -> SendOutcome {
        let outcome = await client.send(message, to: recipient, target: target, callback: "o_1")
        await client.close()
        return outcome
    }

    private func outcome(_ act: ScriptedServer.Act, timeout: Duration = .seconds(20)) async throws -> SendOutcome {
        try await ScriptedServer.with(act) { try await send(client($0.url, timeout: timeout)) }
    }

    private func json(_ request: String) throws -> JSONValue {
        let body = request.split(separator: "\r\n\r\n", maxSplits: 1).last.map(String.init) ?? ""
        return try JSONParser.parse(body, maxDepth: 16)
    }

    @Test(arguments: [("", "v23.0"), ("/v17.0", "v17.0"), ("/v17.0/", "v17.0")])
    func aMessageIsSentToTheNumberWithTheVersionThatIsSet(_ path: String, _ version: String) async throws {
        try await ScriptedServer.with(Self.accepted) { server in
            #expect(try await send(client(server.url + path)) == .accepted("wamid.1"))
            let request = try #require(server.requests.first)
            #expect(request.hasPrefix("POST /\(version)/1065/messages HTTP/1.1\r\n"))
            #expect(request.contains("Authorization: Bearer \(Self.token)\r\n"))
            #expect(
                try json(request) == [
                    "messaging_product": "whatsapp", "recipient_type": "individual", "to": "966511111111",
                    "type": "text", "text": ["body": "مرحبا", "preview_url": true], "biz_opaque_callback_data": "o_1",
                ])
        }
    }

    @Test func aUserIDIsNeverInTo() async throws {
        try await ScriptedServer.with(Self.accepted) { server in
            _ = try await send(client(server.url), to: .user("SA.77"))
            let body = try json(try #require(server.requests.first))
            #expect(body["recipient"] == "SA.77" && body["to"] == nil)
        }
    }

    @Test func repliesAndReactionsNameTheirTarget() async throws {
        try await ScriptedServer.with(Self.accepted) { server in
            _ = try await send(client(server.url), target: "wamid.9")
            _ = try await send(client(server.url), .reaction("👍"), target: "wamid.9")
            _ = try await send(client(server.url), .reaction(nil), target: "wamid.9")
            let bodies = try server.requests.map(json)
            #expect(bodies[0]["context"] == ["message_id": "wamid.9"])
            #expect(bodies[1]["reaction"] == ["message_id": "wamid.9", "emoji": "👍"] && bodies[1]["context"] == nil)
            #expect(bodies[2]["reaction"] == ["message_id": "wamid.9", "emoji": ""])
        }
    }

    @Test(arguments: [
        (400, 131_047, RefusalKind.permanent), (401, 190, .auth), (400, 131_056, .retryPair),
        (429, 130_429, .retrySlowNumber),
        (500, 131_000, .retry), (503, 2, .retry), (400, 131_053, .retryOnce), (403, 368, .blocked),
    ])
    func aRefusalIsReadFromItsCode(_ status: Int, _ code: Int, _ kind: RefusalKind) async throws {
        let body = #"{"error":{"message":"(#\#(code)) no","code":\#(code),"error_data":"because"}}"#
        let headers = ["Retry-After: 7", "x-fb-trace-id: T1"]
        guard case .refused(let refusal) = try await outcome(ScriptedServer.json(status, body, headers: headers))
        else { throw Unexpected() }
        #expect(refusal.kind == kind && refusal.retryAfter == .seconds(7))
        #expect(refusal.problem.code == Int64(code) && refusal.problem.details == "because; trace T1")
    }

    /// Without an error of the API, a gateway speaks.
    @Test(arguments: [
        (503, RefusalKind.retry), (429, .retrySlowNumber), (401, .auth), (403, .auth), (404, .config), (302, .config),
        (418, .permanent),
    ])
    func whatIsNoAnswerOfTheAPIGoesByItsStatus(_ status: Int, _ kind: RefusalKind) async throws {
        let headers = status == 302 ? ["Location: http://127.0.0.1:1/"] : []
        let act = ScriptedServer.json(status, "<html>", headers: headers)
        guard case .refused(let refusal) = try await outcome(act) else { throw Unexpected() }
        #expect(refusal.kind == kind)
    }

    @Test(arguments: [
        ScriptedServer.json(500, "<html>"), ScriptedServer.json(502, "<html>"), ScriptedServer.json(504, "{}"),
        ScriptedServer.json(200, "{}"), ScriptedServer.json(200, #"{"messages":[]}"#),
        ScriptedServer.json(200, "<html>"),
        .hangUp, .breakOff("HTTP/1.1 200 OK\r\nContent-Le"),
        .breakOff("HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\n{\"messages\":[{"),
        .answer("HTTP/1.1 200 OK\r\nContent-Length: 70000\r\n\r\n" + String(repeating: "x", count: 70_000)),
        .answer("SSH-2.0-OpenSSH\r\n\r\n"),
    ])
    func whatMayHaveGoneOutIsUnsure(_ act: ScriptedServer.Act) async throws {
        guard case .unsure = try await outcome(act) else { throw Unexpected() }
    }

    @Test func anAnswerThatDoesNotComeIsUnsure() async throws {
        guard case .unsure = try await outcome(.silence, timeout: .seconds(2)) else { throw Unexpected() }
    }

    /// Nobody listens at port 1, and no test of another suite does so by chance.
    @Test(arguments: ["http://127.0.0.1:1", "https://127.0.0.1:1", "http://no.such.host.invalid", "nonsense"])
    func withoutAConnectionNothingHasLeft(_ url: String) async throws {
        #expect(try await send(client(url)) == .notSent(.unreachableWhatsApp))
    }

    @Test func aServerWithoutTLSGetsNothing() async throws {
        try await ScriptedServer.with(.hangUp) { server in
            let url = "https://127.0.0.1:\(server.port)"
            guard case .notSent = try await send(client(url, timeout: .seconds(2))) else { throw Unexpected() }
        }
    }

    @Test func readingAndTypingAreTold() async throws {
        try await ScriptedServer.with(ScriptedServer.json(200, #"{"success":true}"#)) { server in
            let client = client(server.url)
            #expect(await client.markRead("wamid.5", isTyping: true) == .accepted("wamid.5"))
            #expect(await client.markRead("wamid.5", isTyping: false) == .accepted("wamid.5"))
            await client.close()
            let bodies = try server.requests.map(json)
            #expect(bodies[0]["status"] == "read" && bodies[0]["typing_indicator"] == ["type": "text"])
            #expect(bodies[1]["message_id"] == "wamid.5" && bodies[1]["typing_indicator"] == nil)
        }
    }

    @Test func aFileIsUploadedInPieces() async throws {
        let bytes = [UInt8](String(repeating: "0123456789", count: 60_000).utf8)
        try await ScriptedServer.with(ScriptedServer.json(200, #"{"id":"55"}"#)) { server in
            let client = client(server.url)
            let outcome = await client.upload(Bytes(bytes), name: "a\"\r\nX: y.txt", type: "text/plain")
            await client.close()
            #expect(outcome == .accepted("55"))
            let request = try #require(server.requests.first)
            #expect(request.hasPrefix("POST /v23.0/1065/media HTTP/1.1\r\n"))
            #expect(request.contains("filename=\"a___X: y.txt\"\r\nContent-Type: text/plain\r\n\r\n0123456789"))
            #expect(request.contains("name=\"messaging_product\"\r\n\r\nwhatsapp\r\n"))
            #expect(request.contains("name=\"type\"\r\n\r\ntext/plain\r\n"))
            #expect(request.contains(String(decoding: bytes, as: UTF8.self)))
        }
    }

    @Test func anUploadWhoseAnswerIsLostReachedNobody() async throws {
        try await ScriptedServer.with(.hangUp) { server in
            let client = client(server.url)
            let outcome = await client.upload(Bytes([1, 2]), name: "a", type: "text/plain")
            await client.close()
            guard case .notSent = outcome else { throw Unexpected() }
        }
    }

    @Test func noErrorHoldsTheToken() async throws {
        let act = ScriptedServer.json(401, #"{"error":{"message":"bad","code":190}}"#)
        for outcome in [try await outcome(act), try await outcome(.hangUp)] {
            #expect(!"\(outcome)".contains(Self.token))
        }
        #expect(!"\(WhatsAppClient.Account(number: "1", token: Self.token))".contains(Self.token))
    }

    @Test func itCountsHowRequestsEnd() async throws {
        let usage = #"x-business-use-case-usage: {"9":[{"call_count":28,"total_cputime":91,"total_time":5}]}"#
        let act = ScriptedServer.json(200, #"{"messages":[{"id":"w"}]}"#, headers: [usage])
        try await ScriptedServer.with(act) { server in
            let client = client(server.url)
            _ = try await send(client)
            let families = await client.families()
            #expect(families[0].samples.map(\.value) == [1] && families[1].samples.map(\.value) == [91])
        }
    }
}

private struct Unexpected: Error {}

private struct Bytes: BlobReader {
    let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var size: Int64 { Int64(bytes.count) }

    func read(at offset: Int64, count: Int) async throws -> [UInt8] {
        Array(bytes.dropFirst(Int(offset)).prefix(count))
    }

    func close() async {}
}
