/// Gathers drafts, keeps one append in flight, and publishes in the order of the log.
///
///     submit ─▶ queue ─▶ .append(batch) ─▶ appended ─▶ .settle + .publish
///                                │            └ a gap: others appended ─▶ .fetch ─▶ fetched ─▶ .publish
///                                └ failed ─▶ .fail; what was committed after all is found by the next head
///
/// The driver runs the actions in order and feeds the results back. `Ticket` is whatever the driver needs to
/// answer the author.
package struct RoomMachine<Ticket: Sendable>: Sendable {
    package struct Pending: Sendable {
        package let draft: Draft
        package let ticket: Ticket
    }

    package enum Action: Sendable {
        /// Append these in one request; answer with `appended` or `failed`.
        case append([Pending])
        /// Read what others appended after this number; answer with `fetched` or `fetchFailed`.
        case fetch(after: SequenceNumber)
        /// Tell the author what became of the draft.
        case settle(Pending, AppendPlan.Outcome)
        case fail(Pending, HubError)
        /// Hand these to the members; they follow what was published before without a gap.
        case publish([RoomEvent])
    }

    /// The last number that members were handed.
    package private(set) var published: SequenceNumber

    private var queue: [Pending] = []
    private var inFlight: [Pending] = []
    private var isFetching = false
    /// The highest number known to be committed.
    private var known: SequenceNumber
    /// Committed here but not published yet, because something before it is missing.
    private var held: [RoomEvent] = []
    private let maxQueued: Int
    private let maxBatch: Int

    /// - Parameters:
    ///   - head: The head of the log when the room was loaded.
    ///   - maxQueued: Drafts that may wait; more are refused as `busy`.
    ///   - maxBatch: Drafts in one append.
    package init(head: SequenceNumber, maxQueued: Int, maxBatch: Int) {
        published = head
        known = head
        self.maxQueued = maxQueued
        self.maxBatch = maxBatch
    }

    /// Whether nothing is waiting or under way.
    package var isQuiet: Bool { queue.isEmpty && inFlight.isEmpty && !isFetching && held.isEmpty }

    package mutating func submit(_ draft: Draft, _ ticket: Ticket) -> [Action] {
        let pending = Pending(draft: draft, ticket: ticket)
        guard queue.count < maxQueued else {
            return [.fail(pending, .busy("this room has too many messages waiting"))]
        }
        queue.append(pending)
        return nextAppend()
    }

    /// The append in flight was committed.
    package mutating func appended(_ outcomes: [AppendPlan.Outcome], _ events: [RoomEvent]) -> [Action] {
        let settled = zip(inFlight, outcomes).map { Action.settle($0, $1) }
        inFlight = []
        if let last = events.last { known = max(known, last.seq) }
        for case .duplicate(let seq, _) in outcomes { known = max(known, seq) }
        held.append(contentsOf: events)
        return settled + release() + nextAppend()
    }

    /// The append in flight did not answer: it may be committed or not.
    package mutating func failed(_ error: HubError) -> [Action] {
        let failed = inFlight.map { Action.fail($0, error) }
        inFlight = []
        let next = nextAppend()
        // Without another append, nothing else brings what was seen while this one was in flight.
        return failed + (next.isEmpty ? fetchIfBehind() : next)
    }

    /// Somebody says that the log reaches this far.
    package mutating func headSeen(_ head: SequenceNumber) -> [Action] {
        known = max(known, head)
        // An append in flight will bring its own events; a gap before them shows then.
        guard inFlight.isEmpty else { return [] }
        return fetchIfBehind()
    }

    /// Events after the number that `.fetch` named; a page of them or all.
    package mutating func fetched(_ events: [RoomEvent]) -> [Action] {
        isFetching = false
        guard let last = events.last else {
            // Nothing there: what was held can only be a number that the log lost, which a later head will show.
            return []
        }
        known = max(known, last.seq)
        held.append(contentsOf: events)
        return release()
    }

    /// Nothing came. The driver says `headSeen` again after a while, which starts the next try.
    package mutating func fetchFailed() {
        isFetching = false
    }

    /// Publishes what follows without a gap, and asks for what is missing.
    private mutating func release() -> [Action] {
        held.sort { $0.seq < $1.seq }
        var ready: [RoomEvent] = []
        var waiting: [RoomEvent] = []
        for event in held {
            if event.seq == published.next {
                published = event.seq
                ready.append(event)
            } else if event.seq > published {
                waiting.append(event)
            }
        }
        held = waiting
        return (ready.isEmpty ? [] : [.publish(ready)]) + fetchIfBehind()
    }

    private mutating func fetchIfBehind() -> [Action] {
        guard published < known, !isFetching else { return [] }
        isFetching = true
        return [.fetch(after: published)]
    }

    private mutating func nextAppend() -> [Action] {
        guard inFlight.isEmpty, !queue.isEmpty else { return [] }
        inFlight = Array(queue.prefix(maxBatch))
        queue.removeFirst(inFlight.count)
        return [.append(inFlight)]
    }
}
