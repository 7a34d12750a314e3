import Domain
import Synchronization

/// Visitors who proved their token lately: a storm of reconnects asks the store for nobody.
///
/// Tokens are never taken back, so only a name or page may be older than in the store, when another hub changed it.
package final class RecentVisitors: Sendable {
    private let values: Mutex<RecentValues<String, Visitor>>

    package init(capacity: Int = 20_000, lifetime: Duration = .seconds(60)) {
        values = Mutex(RecentValues(capacity: capacity, lifetime: lifetime))
    }

    func visitor(tokenHash: String, at now: Timestamp) -> Visitor? {
        values.withLock { $0.value(for: tokenHash, at: now) }
    }

    func put(_ visitor: Visitor, tokenHash: String, at now: Timestamp) {
        values.withLock { $0.put(visitor, for: tokenHash, at: now) }
    }
}
