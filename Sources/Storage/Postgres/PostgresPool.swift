import Domain
import Logging

/// A few connections that accesses borrow; decides nothing, see `PostgresPoolMachine`.
actor PostgresPool {
    typealias ConnectionID = PostgresPoolMachine.ConnectionID

    /// A borrowed connection; it must be given back by `release`.
    struct Lease: Sendable {
        let id: ConnectionID
        let connection: PostgresConnection
    }

    private let address: PostgresAddress
    private let limits: PostgresLimits
    private let logger: Logger
    private let clock = ContinuousClock()
    private var machine: PostgresPoolMachine
    private var connections: [ConnectionID: PostgresConnection] = [:]
    private var waiting: [PostgresPoolMachine.WaiterID: CheckedContinuation<Lease, any Error>] = [:]
    private var lastWaiter = 0
    private var alarm: (at: ContinuousClock.Instant, task: Task<Void, Never>)?

    init(_ name: String, _ address: PostgresAddress, size: Int, _ limits: PostgresLimits, _ logger: Logger) {
        self.address = address
        self.limits = limits
        var logger = logger
        logger[metadataKey: StorageLog.pool] = "\(name)"
        self.logger = logger
        machine = PostgresPoolMachine(size: size, limits: limits)
    }

    /// Throws `unavailable` at once while the database is away, `busy` when no connection gets free in time.
    func lease() async throws -> Lease {
        lastWaiter += 1
        let waiter = PostgresPoolMachine.WaiterID(number: lastWaiter)
        return try await withCheckedThrowingContinuation { continuation in
            waiting[waiter] = continuation
            perform(machine.lease(waiter, now: clock.now))
        }
    }

    func release(_ lease: Lease, isUsable: Bool) {
        perform(machine.released(lease.id, isUsable: isUsable, now: clock.now))
    }

    func close() {
        perform(machine.close())
    }

    var usage: PoolUsage { machine.usage }

    // MARK: Driving the machine

    private func perform(_ actions: [PostgresPoolMachine.Action]) {
        for action in actions {
            switch action {
            case .connect(let id):
                connect(id)
            case .grant(let id, let waiter):
                // The machine grants only connections that were opened and not discarded.
                guard let connection = connections[id] else { preconditionFailure("connection \(id) is gone") }
                waiting.removeValue(forKey: waiter)?.resume(returning: Lease(id: id, connection: connection))
            case .refuse(let waiter, let refusal):
                waiting.removeValue(forKey: waiter)?.resume(throwing: refusal.hubError)
            case .discard(let id):
                if let connection = connections.removeValue(forKey: id) {
                    Task { await connection.close() }
                }
            }
        }
        setAlarm()
    }

    private func connect(_ id: ConnectionID) {
        let connection = PostgresConnection(address, limits)
        connections[id] = connection
        Task {
            do throws(PostgresFailure) {
                try await connection.open()
                opened(id)
            } catch {
                notOpened(id, error)
            }
        }
    }

    private func opened(_ id: ConnectionID) {
        logger.debug("connection opened")
        perform(machine.connected(id))
    }

    private func notOpened(_ id: ConnectionID, _ failure: PostgresFailure) {
        connections[id] = nil
        logger.warning("connection failed", metadata: [StorageLog.code: "\(failure.state ?? "\(failure.kind)")"])
        perform(machine.failedToConnect(id, now: clock.now, jitter: .random(in: 0...1)))
    }

    private func setAlarm() {
        guard machine.wakeAt != alarm?.at else { return }
        alarm?.task.cancel()
        alarm = machine.wakeAt.map { moment in
            let task = Task { [weak self, clock] in
                // Cancelled means that another alarm has taken its place.
                guard (try? await clock.sleep(until: moment)) != nil else { return }
                await self?.wake()
            }
            return (moment, task)
        }
    }

    private func wake() {
        alarm = nil
        perform(machine.tick(now: clock.now))
    }
}

extension PostgresPoolMachine.Refusal {
    fileprivate var hubError: HubError {
        switch self {
        case .away(let retryAfter): .unavailable(retryAfter: retryAfter)
        case .busy: .busy("All connections to the database are taken. Send the same again, with the same mid.")
        case .closed: .unavailable()
        }
    }
}
