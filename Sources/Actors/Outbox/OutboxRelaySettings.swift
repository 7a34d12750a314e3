/// How much a relay does at a time.
package struct OutboxRelaySettings: Sendable {
    /// Entries that are sent at the same time.
    package var maxUnderWay = 32
    /// Entries, or reports, of one transaction.
    package var batch = 100
    /// Between two looks at what other hubs and time have brought.
    package var interval: Duration = .milliseconds(500)

    package init() {}
}
