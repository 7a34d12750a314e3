import Domain

/// The audit log's rows over either database.
struct SQLAuditArchive: AuditArchive {
    let database: any SQLDatabase

    private static let page = 1000

    func entry(_ seq: Int64) async throws -> AuditEntry? {
        try await database.read { session in
            try session.execute(Self.bySeq, [.integer(seq)]).first.map(AuditRow.entry)
        }
    }

    func entries(_ request: ListRequest<AuditSort, AuditFilter>) async throws -> ListPage<AuditEntry> {
        let statement = Self.list(request)
        return try await database.read { session in
            ListPage(try session.execute(statement).map(AuditRow.entry), limit: request.limit) { entry in
                ListPosition(value: .integer(entry.seq), id: String(entry.seq))
            }
        }
    }

    func verify(from start: Int64, noted: AuditMark?) async throws -> AuditVerdict {
        do {
            let first = try await mark(before: start)
            var chain = AuditChain(after: first)
            var after = start > 1 ? first.seq : .min
            var isNotedSeen = false
            while true {
                let (links, head) = try await links(after: after)
                for link in links {
                    try chain.take(link)
                    guard link.seq == noted?.seq else { continue }
                    guard link.hash == noted?.hash else { throw AuditBreak.rewritten(seq: link.seq) }
                    isNotedSeen = true
                }
                after = links.last?.seq ?? after
                guard links.count < Self.page else { continue }
                guard let head else { throw AuditBreak.otherEnd(seq: chain.last.seq) }
                try chain.end(head)
                if let noted, !isNotedSeen, noted.seq >= start { throw AuditBreak.missing(noted.seq...noted.seq) }
                return .whole(chain.last, rows: chain.rows)
            }
        } catch let found as AuditBreak {
            return .broken(found)
        }
    }

    /// What the first row is bound to.
    private func mark(before start: Int64) async throws -> AuditMark {
        guard start > 1 else { return AuditMark(seq: 0, hash: AuditTrail.origin) }
        let hash = try await database.read { session in
            try session.execute("SELECT hash FROM audit_logs WHERE seq = $1", [.integer(start - 1)])
                .first.map { row throws(HubError) in try row.firstText() }
        }
        guard let hash else { throw AuditBreak.missing(start - 1...start - 1) }
        return AuditMark(seq: start - 1, hash: hash)
    }

    /// A page of rows, and the end of the log at that moment; nil when somebody removed it.
    private func links(after seq: Int64) async throws -> ([AuditChain.Link], head: AuditMark?) {
        try await database.snapshot { session in
            let results = try session.batch([
                SQLStatement(Self.rows, [.integer(seq), .count(Self.page)]),
                SQLStatement("SELECT seq, hash FROM audit_head WHERE id = 1"),
            ])
            let links = try results[0].map { row throws(HubError) in
                var reader = row.reader
                let hash = try SQLRow(values: row.values.suffix(1)).firstText()
                return AuditChain.Link(seq: try reader.integer(), values: row.values.dropLast(), hash: hash)
            }
            let head = try results[1].first.map { row throws(HubError) in
                var reader = row.reader
                return AuditMark(seq: try reader.integer(), hash: try reader.text())
            }
            return (links, head)
        }
    }

    // MARK: Statements

    private static let bySeq = SQLText("SELECT \(AuditRow.selected) FROM audit_logs a WHERE a.seq = $1")

    private static let rows = SQLText(
        "SELECT \(AuditRow.selected) FROM audit_logs a WHERE a.seq > $1 ORDER BY a.seq LIMIT $2")

    private static func list(_ request: ListRequest<AuditSort, AuditFilter>) -> SQLStatement {
        var list = ListStatement()
        let filter = request.filter
        list.require("a.actor_kind = $?", optional: filter.actorKind.map { .text($0.rawValue) })
        list.require("a.actor_id = $?", optional: filter.actorID.map { .text($0) })
        list.require("a.action = $?", optional: filter.action.map { .text($0) })
        if let prefix = filter.actionPrefix {
            list.require("a.action >= $?", .text(prefix))
            // The first text behind all that begin with the prefix: bytes order actions on both databases.
            list.require("a.action < $?", .text(prefix + "\u{10FFFF}"))
        }
        list.require("a.subject_kind = $?", optional: filter.subjectKind.map { .text($0) })
        list.require("a.subject_id = $?", optional: filter.subjectID.map { .text($0) })
        list.require("a.at_ms >= $?", optional: filter.from.map { .moment($0) })
        list.require("a.at_ms < $?", optional: filter.to.map { .moment($0) })
        return list.page(
            "SELECT \(AuditRow.selected) FROM audit_logs a", sortedBy: "a.seq", id: nil, request)
    }
}

extension SQLRow {
    fileprivate func firstText() throws(HubError) -> String {
        var reader = reader
        return try reader.text()
    }
}
