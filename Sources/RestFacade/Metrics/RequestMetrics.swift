package import Domain
import Synchronization

/// How many requests each route answered, how, and how fast; shared by all event loops.
package final class RequestMetrics: MetricSource {
    private struct Key: Hashable {
        let route: String
        let method: String
        let statusClass: Int
    }

    private struct State {
        var counts: [Key: UInt64] = [:]
        var durations: [String: Histogram] = [:]
    }

    /// Held for a few dozen nanoseconds once a request; sockets never pass here.
    private let state = Mutex(State())

    package init() {}

    /// Since the start.
    package var totals: RequestTotals {
        state.withLock { state in
            state.counts.reduce(into: RequestTotals()) { totals, entry in
                totals.all += Int64(clamping: entry.value)
                if entry.key.statusClass == 5 { totals.failed += Int64(clamping: entry.value) }
            }
        }
    }

    /// - Parameters:
    ///   - route: The template, never the address: there are as many as endpoints.
    ///   - method: One of those that the router knows.
    func record(route: String, method: String, status: Int, duration: Duration) {
        state.withLock { state in
            state.counts[Key(route: route, method: method, statusClass: status / 100), default: 0] += 1
            state.durations[route, default: .latency].record(duration / .seconds(1))
        }
    }

    package func families() -> [MetricFamily] {
        let (counts, durations) = state.withLock { ($0.counts, $0.durations) }
        return [
            .counter(
                "hub_http_requests_total", "Requests by route and class of their status.",
                counts.map { key, count in
                    let labels: [MetricFamily.Label] = [
                        .init("route", key.route), .init("method", key.method),
                        .init("status", "\(key.statusClass)xx"),
                    ]
                    return (labels, Double(count))
                }.sorted { $0.0.map(\.value).lexicographicallyPrecedes($1.0.map(\.value)) }),
            .histogram(
                "hub_http_request_duration_seconds", "From a request's head to the head of its answer.",
                durations.sorted { $0.key < $1.key }.map { ([.init("route", $0)], $1) }),
        ]
    }
}
