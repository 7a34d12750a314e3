package import Domain

/// Posts what the outbox holds for the shop's colleagues.
package struct SlackChannel: OutboundChannel {
    private let client: SlackClient

    package init(client: SlackClient) {
        self.client = client
    }

    package func send(_ entry: OutboxEntry) async -> SendOutcome {
        guard case .slack(let post) = entry.content else {
            return .refused(SendRefusal(.permanent, .otherChannel))
        }
        return await client.post(post.text, entry: entry.id.text)
    }
}
