import Domain
import Logging

/// PostgreSQL through libpq: pools for reading and for writing, so that neither starves the other.
final class PostgresDatabase: SQLDatabase {
    let dialect = SQLDialect.postgres
    let texts = TextCloak()
    private let readers: PostgresPool
    private let writers: PostgresPool
    private let indexer: PostgresSearchIndexer
    private let logger: Logger
    /// Every connection of a pool may have died with the server that it belonged to.
    private let maxStale: Int

    /// Connects when first used. Throws `bad_request` for a URL that libpq cannot read.
    init(url: String, limits: PostgresLimits, logger: Logger) throws(HubError) {
        let address = try PostgresAddress(url: url)
        readers = PostgresPool("readers", address, size: limits.readers, limits, logger)
        var writing = limits
        // Planning costs the server more than running a small batch. All that is written is found by its key.
        writing.keepsPlans = true
        writers = PostgresPool("writers", address, size: limits.writers, writing, logger)
        indexer = PostgresSearchIndexer(limits, logger)
        maxStale = max(limits.readers, limits.writers)
        self.logger = logger
    }

    func run<Value: Sendable>(
        _ access: SQLAccess,
        _ body: @escaping @Sendable (any SQLSession) throws -> Value
    ) async throws -> Value {
        let value = try await attempt(access, body)
        if access.mayAddTexts {
            indexer.noteCommit { [weak self] in
                try await self?.attempt(.write, $0) ?? 0
            }
        }
        return value
    }

    private func attempt<Value: Sendable>(
        _ access: SQLAccess,
        _ body: @escaping @Sendable (any SQLSession) throws -> Value
    ) async throws -> Value {
        let pool = pool(for: access)
        var stale = 0
        while true {
            let lease = try await pool.lease()
            let use = await lease.connection.run(access, texts, body)
            await pool.release(lease, isUsable: use.isUsable)
            switch use.result {
            case .success(let value):
                return value
            case .failure(let failure as PostgresFailure) where failure.kind == .stale && stale < maxStale:
                stale += 1
            case .failure(let failure as PostgresFailure):
                throw failure.hubError(logger)
            case .failure(let error):
                throw error
            }
        }
    }

    func families() async -> [MetricFamily] {
        PoolUsage.families([("readers", await readers.usage), ("writers", await writers.usage)])
    }

    func close() async {
        await indexer.close()
        await readers.close()
        await writers.close()
    }

    private func pool(for access: SQLAccess) -> PostgresPool {
        switch access {
        case .read, .lookup, .snapshot, .search: readers
        case .write, .migration: writers
        }
    }
}

extension SQLAccess {
    fileprivate var mayAddTexts: Bool {
        switch self {
        case .write: true
        case .read, .lookup, .snapshot, .search, .migration: false
        }
    }
}
