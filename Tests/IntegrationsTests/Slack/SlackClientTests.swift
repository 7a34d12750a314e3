import Domain
import Testing

@testable import Integrations

@Suite struct SlackClientTests {
    private func post(_ act: ScriptedServer.Act, _ text: String = "<b> & ج") async throws -> (SendOutcome, [String]) {
        try await ScriptedServer.with(act) { server in
            let webhook = try SlackWebhook(
                ServiceFields(ServiceSample.slack.fields(server.url)), mayBeElsewhere: { _ in true })
            let client = SlackClient(webhook, client: .ofTheOperator, timeout: [act].patience)
            return (await client.post(text, entry: "o_1"), server.requests)
        }
    }

    @Test func aMessageIsPostedWithItsTextEscaped() async throws {
        let (outcome, requests) = try await post(ServiceSample.text(200, "ok"))
        #expect(outcome == .sent("o_1"))
        #expect(requests.first?.hasSuffix(#"{"text":"&lt;b&gt; &amp; ج","unfurl_links":false}"#) == true)
    }

    @Test func aLongTextIsCut() async throws {
        let (_, requests) = try await post(ServiceSample.text(200, "ok"), String(repeating: "ج", count: 5000))
        #expect(requests.first?.contains(String(repeating: "ج", count: 3999) + "…") == true)
    }

    @Test(arguments: [
        (400, "invalid_payload", RefusalKind.permanent), (400, "no_text", .permanent), (403, "invalid_token", .auth),
        (403, "action_prohibited", .auth), (404, "no_service", .auth), (410, "channel_is_archived", .config),
        (429, "slow", .retrySlowNumber), (500, "rollup_error", .retry), (503, "<html>", .retry), (302, "", .config),
    ])
    func aRefusalIsReadFromItsWord(_ status: Int, _ word: String, _ kind: RefusalKind) async throws {
        let answer = ServiceSample.text(status, word, headers: ["Retry-After: 3"])
        guard case .refused(let refusal) = try await post(answer).0 else { throw Unexpected() }
        #expect(refusal.kind == kind)
        if status == 429 { #expect(refusal.retryAfter == .seconds(3)) }
        #expect(!refusal.problem.text.contains("XsecretX"))
    }

    @Test func whatMayHaveBeenPostedIsUnsure() async throws {
        for act in [.hangUp, .silence, ServiceSample.text(502, "<html>"), ServiceSample.text(200, "<html>")] {
            guard case .unsure = try await post(act).0 else { throw Unexpected() }
        }
    }

    private struct Unexpected: Error {}
}
