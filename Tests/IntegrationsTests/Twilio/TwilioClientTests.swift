import Domain
import Testing

@testable import Integrations

@Suite struct TwilioClientTests {
    private static let moment = Timestamp(milliseconds: 1_692_853_305_000)
    private static let accepted = ScriptedServer.json(
        201, #"{"sid":"SM1","status":"queued","num_segments":"1","error_code":null}"#)

    private static func list(_ messages: String...) -> ScriptedServer.Act {
        ScriptedServer.json(200, #"{"messages":[\#(messages.joined(separator: ","))]}"#)
    }

    private static func listed(
        _ sid: String, _ body: String = "مرحبا", at date: String = "Thu, 24 Aug 2023 05:01:45 +0000",
        direction: String = "outbound-api"
    ) -> String {
        #"{"sid":"\#(sid)","to":"+966501234567","body":"\#(body)","direction":"\#(direction)","date_created":"\#(date)"}"#
    }

    private func send(
        _ acts: ScriptedServer.Act...,
        text: String = "مرحبا",
        to number: String = "+966501234567",
        sender: String = "+15005550006",
        callback: String? = "https://shop.example/hook?e=o_1",
        known: Set<String> = []
    ) async throws -> (SendOutcome, [String]) {
        let server = try await ScriptedServer(acts)
        var fields = ServiceSample.twilio.fields(server.url)
        fields["from_number"] = sender
        let client = TwilioClient(
            try TwilioAccount(ServiceFields(fields)), client: .ofTheOperator, timeout: acts.patience)
        let outcome = await client.send(text, to: number, callback: callback, at: Self.moment, known: known)
        let requests = server.requests
        try await server.close()
        return (outcome, requests)
    }

    @Test func aMessageIsSentAsAForm() async throws {
        let (outcome, requests) = try await send(Self.accepted)
        #expect(outcome == .accepted("SM1"))
        let request = try #require(requests.first)
        #expect(request.hasPrefix("POST /2010-04-01/Accounts/\(ServiceSample.sid)/Messages.json HTTP/1.1\r\n"))
        #expect(
            request.hasSuffix(
                "\r\n\r\nTo=%2B966501234567&Body=%D9%85%D8%B1%D8%AD%D8%A8%D8%A7&From=%2B15005550006"
                    + "&StatusCallback=https%3A%2F%2Fshop.example%2Fhook%3Fe%3Do_1"))
        #expect(try await send(Self.accepted, callback: nil).0 == .sent("SM1"))
    }

    @Test func aServicePicksTheNumber() async throws {
        let service = "MG" + String(repeating: "1", count: 32)
        #expect(
            try await send(Self.accepted, sender: service).1.first?.contains("MessagingServiceSid=\(service)") == true)
    }

    @Test func whatTwilioWouldRefuseIsNotAsked() async throws {
        for (text, number) in [
            ("x", "0501234567"), ("", "+966501234567"), (String(repeating: "م", count: 1601), "+966501234567"),
        ] {
            let (outcome, requests) = try await send(Self.accepted, text: text, to: number)
            guard case .refused(let refusal) = outcome else { throw Unexpected() }
            #expect(refusal.kind == .permanent && requests.isEmpty)
        }
    }

    @Test(arguments: [
        (401, #"{"code":20003,"status":401}"#, RefusalKind.auth), (429, #"{"code":20429}"#, .retrySlowNumber),
        (400, #"{"code":21610}"#, .permanent), (429, "busy", .retrySlowNumber), (503, "<html>", .retry),
        (404, #"{"code":20404}"#, .config), (302, "", .config), (400, #"{"code":1}"#, .permanent),
    ])
    func aRefusalIsReadFromItsCode(_ status: Int, _ body: String, _ kind: RefusalKind) async throws {
        let (outcome, requests) = try await send(ScriptedServer.json(status, body, headers: ["Retry-After: 7"]))
        guard case .refused(let refusal) = outcome else { throw Unexpected() }
        #expect(refusal.kind == kind && requests.count == 1)
    }

    /// Twilio knows no idempotency key, so it is asked what it has.
    @Test func aLostAnswerIsLookedUp() async throws {
        let lost: [ScriptedServer.Act] = [
            .hangUp, .silence, ScriptedServer.json(502, "<html>"), ScriptedServer.json(201, "{}"),
        ]
        for act in lost {
            let (outcome, requests) = try await send(act, Self.list(Self.listed("SM9")))
            #expect(outcome == .accepted("SM9"))
            #expect(
                requests.last?.hasPrefix(
                    "GET /2010-04-01/Accounts/\(ServiceSample.sid)/Messages.json?To=%2B966501234567&") == true)
        }
    }

    @Test func anotherMessageIsNotTakenForIt() async throws {
        let others = [
            Self.listed("SM2", "x"), Self.listed("SM3", at: "Thu, 24 Aug 2023 05:01:14 +0000"),
            Self.listed("SM4", direction: "inbound"), Self.listed("SM5"),
        ]
        for other in others {
            guard case .unsure = try await send(.hangUp, Self.list(other), known: ["SM5"]).0 else { throw Unexpected() }
        }
        let both = Self.list(Self.listed("SM7"), Self.listed("SM6"))
        #expect(try await send(.hangUp, both).0 == .accepted("SM6"))
        guard case .unsure = try await send(.hangUp, ScriptedServer.json(500, "{}")).0 else { throw Unexpected() }
    }

    private struct Unexpected: Error {}
}
