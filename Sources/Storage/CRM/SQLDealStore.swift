import Domain

/// Deals over either database.
struct SQLDealStore: DealStore {
    let database: any SQLDatabase

    func deal(_ id: DealID, scope: CRMScope) async throws -> Deal {
        try await database.read { session in
            try DealStatements.find(id, scope, isLocked: false, session)
        }
    }

    func deals(_ request: ListRequest<DealSort, DealFilter>) async throws -> ListPage<Deal> {
        var list = Self.conditions(request.filter)
        list.search(request.search, in: "d.search")
        let statement = list.page(
            DealStatements.select, sortedBy: request.order.key.column, id: "d.id", request)
        return try await database.read { session in
            ListPage(try session.execute(statement).map(DealRow.read), limit: request.limit) { deal in
                deal.position(by: request.order.key)
            }
        }
    }

    func totals(_ filter: DealFilter) async throws -> [DealTotal] {
        let statement = Self.conditions(filter).all(
            """
            SELECT d.pipeline_id, d.stage_id, d.state, d.currency, COUNT(*), CAST(SUM(d.amount) AS BIGINT)
            FROM crm_deals d JOIN crm_contacts c ON c.id = d.contact_id
            """,
            """
            GROUP BY d.pipeline_id, d.stage_id, d.state, d.currency
            ORDER BY d.pipeline_id, d.stage_id, d.state, d.currency
            """
        )
        return try await database.read { session in
            try session.execute(statement).map { row in
                var row = row.reader
                return try DealTotal(
                    pipeline: row.text(PipelineID.init),
                    stage: row.text(StageID.init),
                    state: row.text(Deal.State.init),
                    currency: row.text(Currency.init),
                    count: row.integer(),
                    amount: row.integer()
                )
            }
        }
    }

    func add(_ new: NewDeal, scope: CRMScope, _ writing: Writing<Deal>) async throws -> Written<Deal> {
        try await database.write(writing) { session in
            // A merge that moves the contact's deals must not miss this one.
            _ = try ContactStatements.lockNamed(new.contact, scope, session)
            let deal = try DealStatements.place(new, at: writing.at, session)
            try StaffCheck.checkOwner(deal.owner, session)
            return Change(
                deal,
                .created(deal),
                statements: DealStatements.inserts(deal, byName: writing.actor.name, at: writing.at)
            )
        }
    }

    func change(
        _ id: DealID,
        scope: CRMScope,
        expected: Int64?,
        _ writing: Writing<Deal>,
        _ change: @escaping @Sendable (inout Deal) throws -> Void
    ) async throws -> Deal {
        try await database.write(writing) { session in
            let old = try DealStatements.find(id, scope, isLocked: true, session)
            let edit: (inout Deal) throws -> Void = { deal in
                try change(&deal)
                try deal.follow(old, at: writing.at)
            }
            return try Change(of: old, expected: expected, at: writing.at, edit) { new in
                if new.owner != old.owner { try StaffCheck.checkOwner(new.owner, session) }
                if (new.pipeline, new.stage) != (old.pipeline, old.stage) {
                    try DealStatements.checkPlace(of: new, session)
                }
                return DealStatements.updates(old, to: new, byName: writing.actor.name, at: writing.at)
            }
        }.value()
    }

    func moves(
        of deal: DealID,
        scope: CRMScope,
        _ request: ListRequest<DealMoveSort, Void>
    ) async throws -> ListPage<DealMove> {
        var list = ListStatement()
        list.require("m.deal_id = $?", .id(deal))
        let statement = list.page(
            "SELECT \(DealRow.moveColumns) FROM crm_deal_moves m", sortedBy: "m.at_ms", id: "m.id", request)
        return try await database.read { session in
            _ = try DealStatements.find(deal, scope, isLocked: false, session)
            return ListPage(try session.execute(statement).map(DealRow.readMove), limit: request.limit) { move in
                ListPosition(value: .integer(move.at.milliseconds), id: move.id.text)
            }
        }
    }

    private static func conditions(_ filter: DealFilter) -> ListStatement {
        var list = ListStatement()
        list.require(DealStatements.condition(filter.scope))
        list.require("d.contact_id = $?", optional: filter.contact.map { .id($0) })
        list.require("d.pipeline_id = $?", optional: filter.pipeline.map { .id($0) })
        list.require("d.stage_id = $?", optional: filter.stage.map { .id($0) })
        list.require("d.owner_id = $?", optional: filter.owner.map { .id($0) })
        list.require("d.state = $?", optional: filter.state.map { .text($0.rawValue) })
        list.require("d.created_ms", from: filter.createdFrom, before: filter.createdBefore)
        list.require("d.close_ms", from: filter.closeFrom, before: filter.closeBefore)
        return list
    }
}

extension DealSort {
    fileprivate var column: String {
        switch self {
        case .createdAt: "d.created_ms"
        case .updatedAt: "d.changed_ms"
        case .amount: "d.amount"
        case .expectedCloseAt: "COALESCE(d.close_ms, \(Int64.max))"
        case .title: "d.title"
        }
    }
}

extension Deal {
    fileprivate func position(by key: DealSort) -> ListPosition {
        let value: ListPosition.Value =
            switch key {
            case .createdAt: .integer(createdAt.milliseconds)
            case .updatedAt: .integer(changedAt.milliseconds)
            case .amount: .integer(amount)
            case .expectedCloseAt: .integer(expectedCloseAt?.milliseconds ?? .max)
            case .title: .text(title)
            }
        return ListPosition(value: value, id: id.text)
    }
}
