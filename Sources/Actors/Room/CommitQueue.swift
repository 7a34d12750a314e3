import Domain

/// What waits for a transaction, and when the next one begins. The time is an argument.
struct CommitQueue<Instant: InstantProtocol> where Instant.Duration == Duration {
    struct Entry: Sendable {
        let request: AppendRequest
        let completion: GroupCommit.Completion
    }

    enum Step {
        case begin([Entry])
        /// More is gathered; ask again then.
        case wait(until: Instant)
        /// Nothing waits, or enough transactions are under way: the next append or the end of one asks again.
        case rest
    }

    private(set) var waiting: [Entry] = []
    private(set) var inFlight = 0
    /// The last transaction was made: nothing will be taken from `waiting` again.
    private(set) var isStopped = false
    private var mayBegin: Instant
    private let pace: CommitPace
    private let maxDrafts: Int
    private let maxInFlight: Int

    init(pace: CommitPace, maxDrafts: Int, maxInFlight: Int, now: Instant) {
        self.pace = pace
        self.maxDrafts = maxDrafts
        self.maxInFlight = maxInFlight
        mayBegin = now
    }

    /// Returns whether to ask for the next step: the first that waits begins or waits, and so does a full batch.
    /// With those between, somebody waits already. Nil: it stopped.
    mutating func add(_ entry: Entry) -> Bool? {
        guard !isStopped else { return nil }
        waiting.append(entry)
        return inFlight < maxInFlight && (waiting.count == 1 || waiting.count == pace.full)
    }

    mutating func next(at now: Instant) -> Step {
        guard !waiting.isEmpty, inFlight < maxInFlight else { return .rest }
        if waiting.count < pace.full, now < mayBegin { return .wait(until: mayBegin) }
        inFlight += 1
        let batch = take()
        mayBegin = pace.nextBeginning(after: batch.count, at: now)
        return .begin(batch)
    }

    /// A transaction ended.
    mutating func end() {
        inFlight -= 1
    }

    /// Returns whether nothing waits, so that it stopped.
    mutating func stop() -> Bool {
        isStopped = waiting.isEmpty
        return isStopped
    }

    /// At least one entry, and no more drafts than `maxDrafts`.
    private mutating func take() -> [Entry] {
        var drafts = 0
        let count = waiting.prefix { entry in
            defer { drafts += entry.request.drafts.count }
            return drafts < maxDrafts
        }.count
        defer { waiting.removeFirst(count) }
        return Array(waiting.prefix(count))
    }
}
