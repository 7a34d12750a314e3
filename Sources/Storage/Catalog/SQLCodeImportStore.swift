import Domain

/// Uploads of codes over either database.
///
/// Codes are written as they come, a part in each transaction, and cannot be seen until the import's own row says that
/// it has finished. So however long an upload is, no transaction is, and what a crash leaves is never for sale.
struct SQLCodeImportStore: CodeImportStore {
    let database: any SQLDatabase

    /// Rows that are removed in one transaction.
    private static let removedAtOnce = 500

    func codeImport(_ id: CodeImportID) async throws -> CodeImport? {
        try await database.read { session in
            try session.execute(CodeImportStatements.byID, [.id(id)]).first.map(CodeImportRow.read)
        }
    }

    func codeImports(
        _ request: ListRequest<CodeImportSort, CodeImportFilter>
    ) async throws -> ListPage<CodeImport> {
        var list = ListStatement()
        list.require("i.product_id = $?", optional: request.filter.product.map { .id($0) })
        list.require("i.state = $?", optional: request.filter.state.map { .text($0.rawValue) })
        let statement = list.page(
            "SELECT \(CodeImportRow.columns) FROM code_imports i", sortedBy: "i.created_ms", id: "i.id", request)
        return try await database.read { session in
            ListPage(try session.execute(statement).map(CodeImportRow.read), limit: request.limit) { found in
                ListPosition(value: .integer(found.createdAt.milliseconds), id: found.id.text)
            }
        }
    }

    func problems(of id: CodeImportID, limit: Int) async throws -> [CodeLineProblem] {
        try await database.read { session in
            try session.execute(CodeImportStatements.problems, [.id(id), .count(limit)]).map { row in
                var row = row.reader
                return CodeLineProblem(line: try row.integer(), try row.text(), try row.text())
            }
        }
    }

    // MARK: Writing

    func begin(_ codeImport: CodeImport, _ writing: Writing<CodeImport>) async throws -> CodeImport {
        try await database.write(writing) { session in
            let lock = CodeImportStatements.lockProduct
            guard var row = try session.execute(lock, [.id(codeImport.product)]).first?.reader else {
                throw HubError.notFound("there is no such product")
            }
            guard try row.text() == Product.StockPolicy.codes.rawValue else {
                throw HubError.conflict("the product sells no codes: set its stock_policy to codes first")
            }
            let insert = SQLStatement(CodeImportStatements.insert, CodeImportRow.values(codeImport))
            return Change(codeImport, .created(codeImport), statements: [insert])
        }.value()
    }

    func add(
        _ codes: [ImportedCode],
        _ problems: [CodeLineProblem],
        to id: CodeImportID,
        maxProblems: Int,
        at moment: Timestamp
    ) async throws -> CodeImport {
        // Whoever writes the same codes at the same time takes them in the same order.
        let rows = codes.sorted { $0.fingerprint < $1.fingerprint }.map(CodeRow.values)
        let lines = Dictionary(uniqueKeysWithValues: codes.map { ($0.line, $0.fingerprint) })
        return try await database.write(Writing<CodeImport>(by: .system, at: moment)) { session in
            var codeImport = try Self.running(id, session)
            var added: Set<Int64> = []
            if !rows.isEmpty {
                for row in try session.execute(CodeRow.insert.over(rows)) {
                    var row = row.reader
                    added.insert(try row.integer())
                }
            }
            let known = codes.count - added.count
            let before = codeImport.counts
            codeImport.counts.lines += Int64(codes.count + problems.count)
            codeImport.counts.accepted += Int64(added.count)
            codeImport.counts.duplicate += Int64(known)
            codeImport.counts.invalid += Int64(problems.count)
            codeImport.changedAt = max(moment, codeImport.changedAt)
            let room = max(0, maxProblems - Int(before.invalid + before.duplicate))
            let doubled = try Self.explained(lines.filter { !added.contains($0.key) }, limit: room, id, session)
            let told = (problems + doubled).sorted { $0.line < $1.line }.prefix(room)
            var statements = [SQLStatement(CodeImportStatements.update, CodeImportRow.changes(codeImport))]
            if !told.isEmpty {
                statements.append(
                    CodeImportStatements.insertProblems.over(
                        told.map { [.id(id), .integer($0.line), .text($0.code), .text($0.detail)] }))
            }
            return Change(codeImport, events: [], statements: statements)
        }.value()
    }

    func finish(_ id: CodeImportID, _ writing: Writing<CodeImport>) async throws -> CodeImport {
        let ended = try await database.write(writing) { session in
            guard let found = try session.execute(CodeImportStatements.byID, [.id(id)]).first.map(CodeImportRow.read)
            else { throw HubError.notFound("there is no such import") }
            // The product before the import: as in `begin`.
            _ = try session.execute(CodeImportStatements.lockProduct, [.id(found.product)])
            let old = try Self.running(id, session)
            var new = old
            new.state = old.outcome
            new.changedAt = max(writing.at, old.changedAt)
            var statements = [
                SQLStatement(CodeImportStatements.end, CodeImportRow.ending(new, hasLeftovers: new.state != .finished))
            ]
            if new.state == .finished, new.counts.accepted > 0 {
                statements.append(CodeChanges.count([(new.product, new.counts.accepted)], at: writing.at))
            }
            let event = AuditEvent("code_import.\(new.state.rawValue)", new.subject, after: .object(new.document))
            return Change(new, events: [event], statements: statements)
        }.value()
        if ended.state != .finished { try await removeLeftovers(of: id) }
        return ended
    }

    func fail(_ id: CodeImportID, because reason: String, _ writing: Writing<Void>) async throws {
        _ = try await database.write(writing) { session in
            guard var failed = try session.execute(CodeImportStatements.lock, [.id(id)]).first.map(CodeImportRow.read),
                failed.state == .running
            else { return Change((), events: []) }
            failed.state = .failed
            failed.failure = reason
            failed.changedAt = max(writing.at, failed.changedAt)
            let end = SQLStatement(CodeImportStatements.end, CodeImportRow.ending(failed, hasLeftovers: true))
            let event = AuditEvent("code_import.failed", failed.subject, after: .object(failed.document))
            return Change((), events: [event], statements: [end])
        }
        try await removeLeftovers(of: id)
    }

    func clean(silentSince moment: Timestamp, at now: Timestamp) async throws {
        let silent = try await ids(SQLStatement(CodeImportStatements.silent, [.moment(moment)]))
        for id in silent {
            try await fail(id, because: "nothing was heard of it any more", Writing(by: .system, at: now))
        }
        for id in try await ids(SQLStatement(CodeImportStatements.leftovers)) { try await removeLeftovers(of: id) }
    }

    private func removeLeftovers(of id: CodeImportID) async throws {
        var isEmpty = false
        while !isEmpty {
            isEmpty = try await database.write { session in
                let values: [SQLValue] = [.id(id), .count(Self.removedAtOnce)]
                guard try session.execute(CodeImportStatements.remove, values).isEmpty else { return false }
                _ = try session.finish(CodeImportStatements.clean, [.id(id)])
                return true
            }
        }
    }

    // MARK: Reading

    private func ids(_ statement: SQLStatement) async throws -> [CodeImportID] {
        try await database.read { session in
            try session.execute(statement).map { row in
                var row = row.reader
                return try row.text(CodeImportID.init)
            }
        }
    }

    /// Under lock. Throws `conflict` when it has ended.
    private static func running(_ id: CodeImportID, _ session: any SQLSession) throws -> CodeImport {
        guard let found = try session.execute(CodeImportStatements.lock, [.id(id)]).first.map(CodeImportRow.read)
        else { throw HubError.notFound("there is no such import") }
        guard found.state == .running else {
            throw HubError.conflict("the import has ended: \(found.failure ?? found.state.rawValue)")
        }
        return found
    }

    /// Where the twins of lines are that were not added.
    private static func explained(
        _ lines: [Int64: String],
        limit: Int,
        _ id: CodeImportID,
        _ session: any SQLSession
    ) throws -> [CodeLineProblem] {
        let told = lines.sorted { $0.key < $1.key }.prefix(limit)
        guard !told.isEmpty else { return [] }
        let found = try session.batch(told.map { SQLStatement(CodeImportStatements.twin, [.text($0.value)]) })
        return try zip(told, found).map { told, rows in
            let line = told.key
            guard var row = rows.first?.reader else {
                return CodeLineProblem(line: line, "duplicate", "the code is there already")
            }
            let (other, number, state) = (try row.text(), try row.integer(), try row.text())
            if other == id.text {
                // Of two in one part, the database may have taken the later one.
                return CodeLineProblem(line: line, "duplicate", "the code is in line \(number) as well")
            }
            let isPending = state != CodeImport.State.finished.rawValue
            return CodeLineProblem(
                line: line,
                "duplicate",
                isPending ? "another import that has not finished holds the code" : "the code is there already"
            )
        }
    }
}
