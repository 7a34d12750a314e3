import Domain
import Logging
import Synchronization

/// Moves the texts of new messages under the index of trigrams, many at a time and behind the commits.
///
/// A commit adds its texts to `message_search_new`, which has no such index: sorting a text into trigrams costs the
/// server more than all else in a commit, and now and then a commit would have to merge thousands of them. A search
/// reads both tables. A move is one transaction, so every search finds a text in exactly one of them.
final class PostgresSearchIndexer: Sendable {
    /// Runs a closure in a write transaction and returns how many texts it moved.
    typealias Write = @Sendable (@escaping @Sendable (any SQLSession) throws -> Int64) async throws -> Int64

    private let limits: PostgresLimits
    private let logger: Logger
    private let state = Mutex(State())

    private struct State {
        var isClosed = false
        /// Whether there was a commit since the last move began.
        var isWanted = false
        /// Moves while there are commits.
        var work: Task<Void, Never>?
    }

    init(_ limits: PostgresLimits, _ logger: Logger) {
        self.limits = limits
        self.logger = logger
    }

    /// There may be new texts: moves them after `PostgresLimits.indexDelay`.
    func noteCommit(_ write: @escaping Write) {
        state.withLock { known in
            known.isWanted = true
            guard !known.isClosed, known.work == nil else { return }
            known.work = Task { await self.work(write) }
        }
    }

    private func work(_ write: Write) async {
        while true {
            // Cancelled means closed.
            try? await Task.sleep(for: limits.indexDelay)
            state.withLock { $0.isWanted = false }
            if !Task.isCancelled { await move(write) }
            let isOver = state.withLock { known in
                guard !known.isWanted || known.isClosed else { return false }
                known.work = nil
                return true
            }
            if isOver { return }
        }
    }

    /// Ends the wait for the next move; one that is under way ends with its page.
    func close() async {
        let work = state.withLock { state in
            state.isClosed = true
            return state.work
        }
        work?.cancel()
        await work?.value
    }

    private func move(_ write: Write) async {
        do {
            let page = Int64(limits.indexPage)
            while try await write({ try Self.movePage(page, $0) }) == page, !Task.isCancelled {}
        } catch {
            // What was not moved is found all the same; the next commit asks again.
            logger.warning("new texts were not indexed", metadata: ["error": "\(HubError.Code.of(error))"])
        }
    }

    private static func movePage(_ page: Int64, _ session: any SQLSession) throws -> Int64 {
        guard var row = try session.finish(movePage, [.integer(page)]).first?.reader else {
            throw HubError(.internal, "A count has no row.")
        }
        return try row.integer()
    }

    /// Several hubs move side by side, each what the others do not.
    private static let movePage: SQLText = """
        WITH moved AS (
            DELETE FROM message_search_new WHERE rowid IN (
                SELECT rowid FROM message_search_new ORDER BY rowid LIMIT $1 FOR UPDATE SKIP LOCKED
            ) RETURNING rowid, room_id, seq, target, text
        ), added AS (
            INSERT INTO message_search (rowid, room_id, seq, target, text) OVERRIDING SYSTEM VALUE
            SELECT rowid, room_id, seq, target, text FROM moved RETURNING 1
        ) SELECT count(*) FROM added
        """
}

extension HubError.Code {
    fileprivate static func of(_ error: any Error) -> HubError.Code { (error as? HubError)?.code ?? .internal }
}
