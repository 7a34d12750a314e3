package import Domain

/// Lets a visitor who comes by a link go on with their conversation, on whatever device they are.
package struct ContinuationDesk: Sendable {
    private let conversations: any ConversationStore
    private let links: any ContinuationTokens
    private let secrets: any SecretTokens
    private let now: @Sendable () -> Timestamp

    package init(
        conversations: any ConversationStore,
        links: any ContinuationTokens,
        secrets: any SecretTokens,
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.conversations = conversations
        self.links = links
        self.secrets = secrets
        self.now = now
    }

    /// The visitor, and a token for this device. Throws `unauthorized`, which does not say why.
    package func admit(_ link: String) async throws -> NewcomerPass {
        let moment = now()
        guard let id = links.visitor(namedBy: link), let visitor = try await conversations.visitor(id),
            links.isGood(link, for: visitor, at: moment)
        else { throw HubError.unauthorized("this link has ended: write to us anew") }
        let token = secrets.make()
        try await conversations.addToken(hash: secrets.digest(token), to: visitor.id, at: moment)
        return NewcomerPass(visitor: visitor, token: token)
    }
}
