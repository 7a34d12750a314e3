/// When the hub looks after its keys and webhooks at Zid, and how long it waits.
package struct ZidUpkeepRules: Sendable, Equatable {
    /// Between two looks at whether something is due.
    package var interval = Duration.seconds(5)
    /// Who does something has it for so long; longer than its requests may take.
    package var lease = Duration.seconds(120)
    /// After a failure; each further pause is twice as long.
    package var firstPause = Duration.seconds(30)
    package var longestPause = Duration.seconds(3600)
    /// Keys are renewed so long before their end, but never before three quarters of their life are over.
    package var renewBefore = Duration.seconds(30 * 86_400)
    /// Keys that are younger are not renewed because they were refused: then it is something else.
    package var refusalPause = Duration.seconds(600)
    /// Between two looks at what is registered.
    package var webhookInterval = Duration.seconds(86_400)
    /// How long a request whose keys were refused waits for new ones.
    package var patience = Duration.seconds(10)

    package init() {}

    func pause(after attempts: Int64) -> Duration {
        // More doublings than these pass any longest pause.
        let doublings = min(max(attempts - 1, 0), 32)
        return min(firstPause * (1 << doublings), longestPause)
    }
}
