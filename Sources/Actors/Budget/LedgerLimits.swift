/// How the ledger of the language model is kept.
package struct LedgerLimits: Sendable, Equatable {
    /// Of one transaction.
    package var batch = 500
    /// What waits for the store; over it the oldest is counted as lost.
    package var maxOwed = 10_000
    /// A write that the store could not take is tried again after this.
    package var retry = Duration.milliseconds(500)
    /// How often a write is tried once the hub stops.
    package var lastTries = 5
    /// A request that was not settled by then belongs to a hub that died. Longer than a run may take.
    package var lifetime = Duration.seconds(600)
    /// Between two looks for such requests.
    package var tidying = Duration.seconds(30)

    package init() {}
}
