/// A delivery as it leaves: what goes where, and what it is signed with.
package struct HookLetter: Sendable, Equatable {
    package let event: HookEventID
    package let body: String
    package let url: OutboundURL
    /// The present one first.
    package let secrets: [KeptHookSecret]
    /// False when its endpoint was turned off meanwhile; a ping leaves all the same.
    package let isWanted: Bool

    package init(event: HookEventID, body: String, url: OutboundURL, secrets: [KeptHookSecret], isWanted: Bool) {
        self.event = event
        self.body = body
        self.url = url
        self.secrets = secrets
        self.isWanted = isWanted
    }
}
