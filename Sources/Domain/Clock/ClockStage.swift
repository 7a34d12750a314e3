/// What is told of a promise of time.
package enum ClockStage: String, Sendable, CaseIterable {
    /// Most of the time is gone.
    case warned
    /// The promise was not kept.
    case breached
}
