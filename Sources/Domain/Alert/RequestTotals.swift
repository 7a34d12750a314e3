/// Requests that were answered, and those of them that ended with an error of the hub's own (5xx).
package struct RequestTotals: Sendable, Equatable {
    package var all: Int64
    package var failed: Int64

    package init(all: Int64 = 0, failed: Int64 = 0) {
        self.all = all
        self.failed = failed
    }
}

/// The requests of the last while, from totals that only rise.
package struct RequestWindow: Sendable {
    private let length: Duration
    /// In the order of time; the first is the newest at or before the beginning of the window.
    private var samples: [(at: Timestamp, totals: RequestTotals)] = []

    package init(_ length: Duration) {
        self.length = length
    }

    /// What was added within the window, as seen at `moment`.
    package mutating func take(_ totals: RequestTotals, at moment: Timestamp) -> RequestTotals {
        samples.append((moment, totals))
        let start = moment - length
        // One of them may lie before the window, so that all of it is covered.
        while samples.count > 1, samples[1].at <= start { samples.removeFirst() }
        let first = samples[0].totals
        return RequestTotals(all: totals.all - first.all, failed: totals.failed - first.failed)
    }
}
