import Domain

/// A connection to PostgreSQL with a thread of its own.
///
/// The actor's executor is that thread, so its methods may wait for the server without holding up anybody else.
/// libpq's pointers are touched by this thread only, and by `deinit`, when nobody else can hold them any more.
actor PostgresConnection {
    /// What a use of the connection led to.
    struct Use<Value: Sendable>: Sendable {
        let result: Result<Value, any Error>
        /// Whether the connection can be used again.
        let isUsable: Bool
    }

    private let thread: DedicatedThread
    private let address: PostgresAddress
    private let limits: PostgresLimits
    private var link: PostgresLink?

    nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    init(_ address: PostgresAddress, _ limits: PostgresLimits) {
        self.address = address
        self.limits = limits
        thread = DedicatedThread(name: "hub.postgres")
    }

    func open() throws(PostgresFailure) {
        link = try PostgresLink(address, limits)
    }

    func close() {
        link = nil
    }

    func run<Value: Sendable>(
        _ access: SQLAccess,
        _ texts: TextCloak,
        _ body: @Sendable (any SQLSession) throws -> Value
    ) -> Use<Value> {
        guard let link else { return Use(result: .failure(PostgresFailure(.stale)), isUsable: false) }
        var conflicts = 0
        while true {
            do {
                if conflicts == 0 { try link.checkAlive() }
                return Use(result: .success(try attempt(access, texts, link, body)), isUsable: link.isUsable)
            } catch let failure as PostgresFailure
                where failure.kind == .conflict
                && conflicts < limits.maxConflictRetries && link.isUsable
            {
                conflicts += 1
            } catch {
                return Use(result: .failure(error), isUsable: link.isUsable)
            }
        }
    }

    private func attempt<Value>(
        _ access: SQLAccess,
        _ texts: TextCloak,
        _ link: PostgresLink,
        _ body: (any SQLSession) throws -> Value
    ) throws -> Value {
        let session = PostgresSession(link, access, texts, limits)
        do {
            let value = try body(session)
            try session.commit()
            return value
        } catch {
            session.rollback()
            throw error
        }
    }
}
