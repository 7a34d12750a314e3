/// Decides how long appends are gathered before the next transaction begins.
///
///     lone message    |commit|           |commit|          at once
///     under load      |commit|··|commit|··|commit|··       one beginning in `gather`
///
/// Small transactions one after the other sync the disk and wake the threads for a few messages each. Where
/// messages come so fast that a transaction held several, the next one waits until `gather` after the beginning of
/// that one, and so does not wait at all when that one took as long.
package struct CommitPace: Sendable, Equatable {
    /// From the beginning of a transaction to that of the next; zero never waits.
    package let gather: Duration
    /// Appends in a transaction that mean load. Fewer never delay anybody.
    package let load: Int

    package init(gather: Duration, load: Int = 4) {
        self.gather = gather
        self.load = load
    }

    /// How long to wait after a transaction of `appends` that took `duration`.
    func pause(after appends: Int, lasting duration: Duration) -> Duration {
        appends < load ? .zero : max(.zero, gather - duration)
    }
}
