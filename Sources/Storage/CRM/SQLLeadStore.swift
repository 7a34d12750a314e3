import Domain

/// Leads over either database.
struct SQLLeadStore: LeadStore {
    let database: any SQLDatabase

    func lead(_ id: LeadID, scope: CRMScope) async throws -> Lead {
        try await database.read { session in
            try LeadStatements.find(id, scope, isLocked: false, session)
        }
    }

    func leads(_ request: ListRequest<LeadSort, LeadFilter>) async throws -> ListPage<Lead> {
        let statement = Self.list(request)
        return try await database.read { session in
            ListPage(try session.execute(statement).map(LeadRow.read), limit: request.limit) { lead in
                lead.position(by: request.order.key)
            }
        }
    }

    func add(_ lead: Lead, scope: CRMScope, _ writing: Writing<Lead>) async throws -> Written<Lead> {
        try await database.write(writing) { session in
            // A merge that moves the contact's leads must not miss this one.
            if let contact = lead.contact { _ = try ContactStatements.lockNamed(contact, scope, session) }
            try StaffCheck.checkOwner(lead.owner, session)
            return Change(
                lead, .created(lead), statements: [SQLStatement(LeadStatements.insert, LeadRow.values(lead))])
        }
    }

    func change(
        _ id: LeadID,
        scope: CRMScope,
        expected: Int64?,
        _ writing: Writing<Lead>,
        _ change: @escaping @Sendable (inout Lead) throws -> Void
    ) async throws -> Lead {
        try await database.write(writing) { session in
            let old = try LeadStatements.find(id, scope, isLocked: true, session)
            return try Change(of: old, expected: expected, at: writing.at, change) { new in
                if new.owner != old.owner { try StaffCheck.checkOwner(new.owner, session) }
                return [SQLStatement(LeadStatements.update, LeadRow.values(new))]
            }
        }.value()
    }

    private static func list(_ request: ListRequest<LeadSort, LeadFilter>) -> SQLStatement {
        var list = ListStatement()
        let filter = request.filter
        list.require(LeadStatements.condition(filter.scope))
        list.require("l.contact_id = $?", optional: filter.contact.map { .id($0) })
        list.require("l.owner_id = $?", optional: filter.owner.map { .id($0) })
        list.require("l.state = $?", optional: filter.state.map { .text($0.rawValue) })
        list.require("l.source = $?", optional: filter.source.map { .text($0) })
        list.require("l.created_ms", from: filter.createdFrom, before: filter.createdBefore)
        list.search(request.search, in: "l.search")
        return list.page(LeadStatements.select, sortedBy: request.order.key.column, id: "l.id", request)
    }
}

extension LeadSort {
    fileprivate var column: String {
        switch self {
        case .createdAt: "l.created_ms"
        case .updatedAt: "l.changed_ms"
        case .value: "COALESCE(l.value, -1)"
        }
    }
}

extension Lead {
    fileprivate func position(by key: LeadSort) -> ListPosition {
        let value: Int64 =
            switch key {
            case .createdAt: createdAt.milliseconds
            case .updatedAt: changedAt.milliseconds
            case .value: self.value ?? -1
            }
        return ListPosition(value: .integer(value), id: id.text)
    }
}
