import Domain

/// What group commit did since the start; touched once a transaction.
struct CommitMeasurements: Sendable {
    private var drafts: UInt64 = 0
    private var batches = Histogram.batchSize
    private var durations = Histogram.latency
    /// Transactions that failed; what was in them may or may not be durable.
    var failures: UInt64 = 0

    mutating func committed(drafts count: Int, in duration: Duration) {
        drafts += UInt64(count)
        batches.record(Double(count))
        durations.record(duration / .seconds(1))
    }

    var families: [MetricFamily] {
        [
            .counter("hub_events_committed_total", "Messages and other events made durable.", Double(drafts)),
            .histogram("hub_commit_batch_events", "Events in one transaction.", [([], batches)]),
            .histogram("hub_commit_duration_seconds", "From a transaction's begin to its end.", [([], durations)]),
            .counter("hub_commit_failures_total", "Transactions that failed.", Double(failures)),
        ]
    }
}
