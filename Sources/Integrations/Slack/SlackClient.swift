package import Domain
import NIOHTTP1

/// Posts to one channel of Slack, each with one request: whether to try again is the outbox's to decide.
package struct SlackClient: Sendable {
    private let webhook: SlackWebhook
    private let client: OutboundClient
    private let timeout: Duration

    private static let service = "Slack"
    /// In characters; Slack shows no more in one piece.
    package static let maxLength = 4000

    package init(_ webhook: SlackWebhook, client: OutboundClient, timeout: Duration = .seconds(10)) {
        self.webhook = webhook
        self.client = client
        self.timeout = timeout
    }

    /// Never throws, because how it ended is the answer. Slack gives no id and sends no reports.
    ///
    /// - Parameters:
    ///   - text: Of people; what means something to Slack is escaped. Cut behind `maxLength`.
    ///   - entry: Our name for it.
    package func post(_ text: String, entry: String) async -> SendOutcome {
        let shown = text.count > Self.maxLength ? text.prefix(Self.maxLength - 1) + "…" : text[...]
        let body: JSONValue = ["text": .string(SlackWebhook.escape(String(shown))), "unfurl_links": false]
        switch await client.send(OutboundRequest(.POST, webhook.url, json: body), within: timeout) {
        case .failed(let failure, let hasLeft):
            return SendOutcome(failure, hasLeft: hasLeft, to: Self.service)
        case .answer(let answer):
            let meaning = SlackAnswer(answer)
            let problem = OutboxProblem(code: Int64(answer.status), meaning.words)
            switch meaning {
            case .posted: return .sent(entry)
            case .noText, .ourFault: return .refused(SendRefusal(.permanent, problem))
            case .refused, .gone: return .refused(SendRefusal(.auth, problem))
            case .archived: return .refused(SendRefusal(.config, problem))
            case .limited(let retryAfter):
                return .refused(SendRefusal(.retrySlowNumber, problem, retryAfter: retryAfter))
            case .away where answer.status >= 500:
                // Slack itself says that it failed, or has not looked; only a gateway leaves it open.
                return answer.text == "rollup_error" || answer.status == 503
                    ? .refused(SendRefusal(.retry, problem, retryAfter: answer.retryAfter)) : .unsure(problem)
            case .away, .unexpected: return SendOutcome(unreadable: answer, of: Self.service)
            }
        }
    }
}
