/// How much the keeper of case files does at once, and how often.
package struct CaseLimits: Sendable, Equatable {
    /// Between two looks at least: how late an away message may come while there is little to read.
    package var interval = Duration.seconds(1)
    /// Between two looks at most.
    package var longestPause = Duration.seconds(10)
    /// Nine times as long as a look takes nothing is looked at, so that many busy conversations, whose files change
    /// with every message, leave the machine to the messages.
    package var rest = 9
    /// Longer than a transaction may take, and than the clocks of two hubs may differ.
    package var overlap = Duration.seconds(10)
    /// A deadline is looked at so long after it, when every answer before it can be read.
    package var settling = Duration.seconds(2)
    /// Conversations of one transaction.
    package var page = 200
    /// Events of each conversation that are read with it; of those with more, the log is read …
    package var eventsAtOnce = 20
    /// … in pieces of so many events …
    package var eventsPerPage = 500
    /// … and so many of them in one look; the next look goes on.
    package var maxPagesPerLook = 20

    package init() {}

    func pause(after look: Duration) -> Duration {
        min(max(interval, look * rest), max(interval, longestPause))
    }
}
