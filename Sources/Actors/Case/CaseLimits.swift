/// How much the keeper of case files does at once, and how often.
package struct CaseLimits: Sendable, Equatable {
    /// Between two looks: how late an away message may come.
    package var interval = Duration.seconds(1)
    /// Longer than a transaction may take, and than the clocks of two hubs may differ.
    package var overlap = Duration.seconds(10)
    /// A deadline is looked at so long after it, when every answer before it can be read.
    package var settling = Duration.seconds(2)
    /// Conversations of one transaction.
    package var page = 200
    /// The log of one conversation is read in pieces of so many events …
    package var eventsPerPage = 500
    /// … and so many of them in one look; the next look goes on.
    package var maxPagesPerLook = 20

    package init() {}
}
