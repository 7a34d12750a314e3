package import Domain
import Synchronization

/// The turns of all requests to a store at Zid, also those with a key that was replaced.
///
/// Zid lets an app make 60 requests a minute for a store. A bucket on our side keeps to that, and rests when Zid asks
/// for it all the same. Source: Zid "Authorization", "Rate Limiting".
package final class ZidPace: Sendable {
    private let pace: Mutex<ServicePace>
    let now: @Sendable () -> Timestamp

    /// A turn that is further away is none: whoever waits has something durable to come back to.
    static let longestWait = Duration.seconds(10)

    package init(perMinute: Int, now: @escaping @Sendable () -> Timestamp) {
        self.now = now
        pace = Mutex(ServicePace(perMinute: perMinute, burst: max(1, perMinute / 3), at: now()))
    }

    /// Waits until a request may be made.
    func turn(_ urgency: ServicePace.Urgency) async throws(ZidFailure) {
        var waited = Duration.zero
        while let wait = pace.withLock({ $0.take(urgency, at: now()) }) {
            waited += wait
            // What can wait at all waits for long.
            guard waited <= Self.longestWait || (urgency == .whenever && wait <= Self.longestWait) else {
                throw .limited(retryAfter: wait)
            }
            do {
                try await Task.sleep(for: wait)
            } catch {
                throw .unreachable
            }
        }
    }

    /// Zid said that it was too fast.
    func slowDown(_ asked: Duration?) {
        pace.withLock { $0.slowDown(asked, at: now()) }
    }
}
