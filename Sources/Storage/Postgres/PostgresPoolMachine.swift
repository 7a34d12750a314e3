/// Decides who gets which connection and when to connect. Its driver is `PostgresPool`.
///
///     lease ──► idle connection? ──► grant
///       │            no
///       ├─ database away ──► refuse at once
///       └─ else wait, at most `leaseTimeout`; connect one more if there is room
///
/// The database counts as away after a failure to connect while no connection is left. Then one attempt at a time
/// is made, with backoff, until one succeeds: nobody has to ask for it.
struct PostgresPoolMachine {
    typealias Instant = ContinuousClock.Instant

    struct ConnectionID: Hashable, Sendable { let number: Int }
    struct WaiterID: Hashable, Sendable { let number: Int }

    /// Why no connection is given.
    enum Refusal: Equatable, Sendable {
        case away(retryAfter: Duration)
        /// All connections are taken, and too many wait or one waited too long.
        case busy
        case closed
    }

    enum Action: Equatable, Sendable {
        case connect(ConnectionID)
        case grant(ConnectionID, to: WaiterID)
        case refuse(WaiterID, Refusal)
        /// Close a connection and forget it.
        case discard(ConnectionID)
    }

    private enum Slot: Equatable {
        /// Being opened. Can become: `idle`, `leased`, gone.
        case connecting
        /// Can become: `leased`, gone.
        case idle
        /// Can become: `idle`, gone.
        case leased
    }

    private struct Waiter {
        let id: WaiterID
        let deadline: Instant
    }

    private let size: Int
    private let leaseTimeout: Duration
    private let maxWaiting: Int
    private let backoff: PostgresBackoff
    private var slots: [ConnectionID: Slot] = [:]
    /// Used last is used next, so that spare connections stay spare.
    private var idle: [ConnectionID] = []
    private var waiters: [Waiter] = []
    private var lastNumber = 0
    /// Attempts to connect that failed in a row.
    private var failures = 0
    /// Before this moment no attempt is made.
    private var retryAt: Instant?
    private var isClosed = false

    init(size: Int, limits: PostgresLimits) {
        self.size = size
        leaseTimeout = limits.leaseTimeout
        maxWaiting = limits.maxWaiting
        backoff = PostgresBackoff(limits)
    }

    /// When `tick` is due next.
    var wakeAt: Instant? {
        let isRetryDue = retryAt != nil && !isConnecting
        return [waiters.first?.deadline, isRetryDue ? retryAt : nil].compactMap { $0 }.min()
    }

    /// How it stands.
    var usage: PoolUsage {
        PoolUsage(size: size, open: slots.count, leased: slots.values.count { $0 == .leased }, waiting: waiters.count)
    }

    // MARK: Inputs

    mutating func lease(_ waiter: WaiterID, now: Instant) -> [Action] {
        if isClosed { return [.refuse(waiter, .closed)] }
        if let connection = idle.popLast() {
            slots[connection] = .leased
            return [.grant(connection, to: waiter)]
        }
        if isAway { return [.refuse(waiter, .away(retryAfter: pause(from: now)))] }
        guard waiters.count < maxWaiting else { return [.refuse(waiter, .busy)] }
        waiters.append(Waiter(id: waiter, deadline: now + leaseTimeout))
        return connectIfWanted(now)
    }

    mutating func connected(_ connection: ConnectionID) -> [Action] {
        guard slots[connection] == .connecting else { return [.discard(connection)] }
        failures = 0
        retryAt = nil
        return handOn(connection)
    }

    mutating func failedToConnect(_ connection: ConnectionID, now: Instant, jitter: Double) -> [Action] {
        guard slots.removeValue(forKey: connection) != nil else { return [] }
        failures += 1
        retryAt = now + backoff.pause(afterFailures: failures, jitter: jitter)
        return isAway ? refuseAll(.away(retryAfter: pause(from: now))) : []
    }

    mutating func released(_ connection: ConnectionID, isUsable: Bool, now: Instant) -> [Action] {
        guard slots[connection] == .leased else { return [] }
        guard isUsable, !isClosed else {
            slots[connection] = nil
            return [.discard(connection)] + connectIfWanted(now)
        }
        return handOn(connection)
    }

    /// Time has passed: give up on those who waited too long, try again to connect.
    mutating func tick(now: Instant) -> [Action] {
        var actions: [Action] = []
        while let first = waiters.first, first.deadline <= now {
            waiters.removeFirst()
            actions.append(.refuse(first.id, .busy))
        }
        if let retryAt, retryAt <= now, !isConnecting, slots.count < size, !isClosed {
            actions.append(connect())
        }
        return actions
    }

    mutating func close() -> [Action] {
        isClosed = true
        retryAt = nil
        let spare = slots.filter { $0.value != .leased }.map(\.key)
        for connection in spare { slots[connection] = nil }
        idle = []
        return refuseAll(.closed) + spare.sorted { $0.number < $1.number }.map { .discard($0) }
    }

    // MARK: Decisions

    private var isConnecting: Bool { slots.values.contains(.connecting) }

    private var isAway: Bool { failures > 0 && !slots.values.contains { $0 != .connecting } }

    private func pause(from now: Instant) -> Duration {
        max(retryAt.map { $0 - now } ?? .zero, .milliseconds(100))
    }

    private mutating func handOn(_ connection: ConnectionID) -> [Action] {
        guard !waiters.isEmpty else {
            slots[connection] = .idle
            idle.append(connection)
            return []
        }
        slots[connection] = .leased
        return [.grant(connection, to: waiters.removeFirst().id)]
    }

    private mutating func connectIfWanted(_ now: Instant) -> [Action] {
        let pending = slots.values.count { $0 == .connecting }
        guard !isClosed, slots.count < size, pending < waiters.count else { return [] }
        // While attempts fail, only the retry at its time makes one.
        guard failures == 0 else { return [] }
        return [connect()]
    }

    private mutating func connect() -> Action {
        lastNumber += 1
        let connection = ConnectionID(number: lastNumber)
        slots[connection] = .connecting
        return .connect(connection)
    }

    private mutating func refuseAll(_ refusal: Refusal) -> [Action] {
        defer { waiters = [] }
        return waiters.map { .refuse($0.id, refusal) }
    }
}
