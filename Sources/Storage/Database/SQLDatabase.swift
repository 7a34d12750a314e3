import Domain

/// A database that the stores are written over.
///
/// Every access throws `HubError`: what the closure threw, `unavailable` when the database cannot be reached or is
/// too slow, `internal` when it refuses a statement. An access is not interrupted when its task is cancelled, so
/// that its outcome is always known. The closure may run more than once, each time in a fresh transaction.
protocol SQLDatabase: Sendable {
    var dialect: SQLDialect { get }

    /// Seals and opens texts with codes, in every access.
    var texts: TextCloak { get }

    func run<Value: Sendable>(
        _ access: SQLAccess,
        _ body: @escaping @Sendable (any SQLSession) throws -> Value
    ) async throws -> Value

    /// How its connections are used.
    func families() async -> [MetricFamily]

    /// Ends idle connections at once and busy ones as their access ends; later accesses throw `unavailable`.
    func close() async
}

/// What an access needs.
enum SQLAccess: Sendable {
    /// Each batch sees what is committed when it runs; nothing is written.
    case read
    /// As `read`, of one statement that finds few rows by a key: SQLite does it where the caller is, because handing
    /// it to another thread costs several times as much. Never from an event loop.
    case lookup
    /// All batches see one moment; nothing is written.
    case snapshot
    /// As `snapshot`, of all that was committed before the call and of the texts in `message_search`.
    case search
    /// One transaction, durable when the access returns.
    case write
    /// As `write`, for changes of the schema that may take long.
    case migration
}

extension SQLDatabase {
    func read<Value: Sendable>(
        _ body: @escaping @Sendable (any SQLSession) throws -> Value
    ) async throws -> Value {
        try await run(.read, body)
    }

    func lookup<Value: Sendable>(
        _ body: @escaping @Sendable (any SQLSession) throws -> Value
    ) async throws -> Value {
        try await run(.lookup, body)
    }

    func snapshot<Value: Sendable>(
        _ body: @escaping @Sendable (any SQLSession) throws -> Value
    ) async throws -> Value {
        try await run(.snapshot, body)
    }

    func write<Value: Sendable>(
        _ body: @escaping @Sendable (any SQLSession) throws -> Value
    ) async throws -> Value {
        try await run(.write, body)
    }
}
