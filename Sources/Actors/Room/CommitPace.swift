/// Decides how long appends are gathered before the next transaction begins.
///
///     lone message    |commit|           |commit|          at once
///     under load      |commit|··|commit|··|commit|··       one beginning in `gather`
///
/// Small transactions one after the other sync the disk and wake the threads for a few messages each. Where
/// messages come so fast that a transaction held several, the next one waits until `gather` after the beginning of
/// that one, and so does not wait at all when that one took as long, or when enough have come to fill it.
package struct CommitPace: Sendable, Equatable {
    /// From the beginning of a transaction to that of the next; zero never waits.
    package let gather: Duration
    /// Appends in a transaction that mean load. Fewer never delay anybody.
    package let load: Int
    /// Appends that begin a transaction at once: what it costs in itself is little for each of so many. Senders that
    /// wait for their message before the next one would otherwise all stand still together.
    package let full: Int

    package init(gather: Duration, load: Int = 4, full: Int = 32) {
        self.gather = gather
        self.load = load
        self.full = full
    }

    /// When the next transaction may begin with fewer than `full` after one of `appends` began.
    func nextBeginning<Instant: InstantProtocol>(after appends: Int, at beginning: Instant) -> Instant
    where Instant.Duration == Duration {
        appends < load ? beginning : beginning.advanced(by: gather)
    }
}
