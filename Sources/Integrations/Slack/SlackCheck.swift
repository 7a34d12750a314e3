package import Domain
import NIOHTTP1

/// A webhook of Slack, asked to post nothing: one that lives says that there is no text.
package struct SlackCheck: StatusCheck {
    package let name = "slack"
    package let isIntegration = true
    private let fields: ServiceFields
    private let client: OutboundClient
    private let timeout: Duration

    package init(
        _ fields: ServiceFields,
        client: OutboundClient,
        timeout: Duration = OutboundClient.usualLimit
    ) {
        self.fields = fields
        self.client = client
        self.timeout = timeout
    }

    package func find() async -> StatusFinding {
        let webhook: SlackWebhook
        do throws(ServiceFieldsProblem) {
            webhook = try SlackWebhook(fields, mayBeElsewhere: client.rules.isTrusted)
        } catch {
            return error.finding
        }
        let request = OutboundRequest(.POST, webhook.url, json: ["text": ""])
        let probe = ServiceProbe(StatusMessage(ar: "Slack", en: "Slack"), request, client, timeout)
        return await probe.find { answer in
            let answer = SlackAnswer(answer)
            return StatusFinding(answer.outcome, answer.words)
        }
    }
}

extension SlackAnswer {
    init(_ answer: OutboundAnswer) {
        self.init(status: answer.status, word: answer.text, retryAfter: answer.retryAfter)
    }
}
