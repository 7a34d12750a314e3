import Domain

extension SQLZidStore {
    func take(_ zid: ZidProduct, stock owner: ZidStockOwner, at moment: Timestamp) async throws -> Bool {
        let writing = Writing<Bool>(by: .system, at: moment)
        return try await database.write(writing) { session in
            let values: [SQLValue] = [.text(zid.id), .text(zid.sku)]
            let found = try session.execute(Self.lockProducts, values).map(ProductRow.read)
            let isSKUTaken = found.contains { $0.sku == zid.sku && $0.zidID != nil && $0.zidID != zid.id }
            guard let old = found.first(where: { $0.zidID == zid.id }) ?? found.first(where: { $0.zidID == nil }) else {
                return try Self.made(zid, isSKUTaken, owner, session, at: moment)
            }
            var new = old
            ZidProductPlan.apply(zid, to: &new, stock: owner)
            if found.contains(where: { $0.id != old.id && $0.sku == zid.sku }) { new.sku = old.sku }
            let retelling = owner == .hub ? Self.retelling(zid, old) : []
            guard let event = AuditEvent.changed(old, to: new) else {
                return Change(false, nil, statements: retelling)
            }
            new.touch(at: moment)
            let update = SQLStatement(SQLProductStore.update, ProductRow.values(new))
            return Change(true, event, statements: [update] + retelling)
        }.value()
    }

    private static func made(
        _ zid: ZidProduct,
        _ isSKUTaken: Bool,
        _ owner: ZidStockOwner,
        _ session: any SQLSession,
        at moment: Timestamp
    ) throws -> Change<Bool> {
        var product = Product(id: .make(at: moment), at: moment)
        ZidProductPlan.apply(zid, to: &product, stock: owner)
        if isSKUTaken { product.sku = "zid-\(zid.id)" }
        guard try !session.execute(SQLProductStore.insert, ProductRow.values(product)).isEmpty else {
            throw HubError.busy("this product is being made: try again")
        }
        return Change(true, .created(product))
    }

    /// Where Zid shows another number than it was told, it is told again.
    private static func retelling(_ zid: ZidProduct, _ product: Product) -> [SQLStatement] {
        let shown: SQLValue = if case .count(let count) = zid.stock { .integer(count) } else { .integer(-1) }
        return [SQLStatement(forgetOther, [.id(product.id), shown])]
    }

    // MARK: Stock

    func untoldStock(limit: Int) async throws -> [ZidStock] {
        try await database.read { session in
            try session.execute(Self.untold, [.count(limit)]).map { row in
                var row = row.reader
                return ZidStock(
                    product: try row.text(ProductID.init), zidID: try row.text(),
                    quantity: ZidStock.quantity(available: try row.integer(), owed: try row.integer()))
            }
        }
    }

    func told(_ stock: ZidStock, at moment: Timestamp) async throws {
        try await database.write { session in
            _ = try session.finish(Self.tell, [.id(stock.product), .integer(stock.quantity), .moment(moment)])
        }
    }

    // MARK: Jobs

    func claim(_ kind: ZidJob.Kind, at moment: Timestamp, lease: Duration) async throws -> ZidJob? {
        try await database.write { session in
            _ = try session.execute(Self.addJob, [.text(kind.rawValue)])
            let values: [SQLValue] = [.text(kind.rawValue), .moment(moment), .moment(moment + lease)]
            return try session.finish(Self.claimJob, values).first.map(Self.job)
        }
    }

    func keep(_ job: ZidJob, due: Timestamp) async throws {
        try await database.write { session in
            _ = try session.finish(
                Self.keepJob,
                [
                    .text(job.kind.rawValue), .integer(job.page), .optional(job.startedAt), .optional(job.finishedAt),
                    .moment(due), .optional(job.problem),
                ])
        }
    }

    func jobs() async throws -> [ZidJob] {
        try await database.read { session in try session.execute(Self.allJobs).map(Self.job) }
    }

    func restartJobs() async throws {
        try await database.write { session in _ = try session.finish(Self.restart) }
    }

    private static func job(_ row: SQLRow) throws(HubError) -> ZidJob {
        var row = row.reader
        return ZidJob(
            kind: try row.text(ZidJob.Kind.init), page: try row.integer(), startedAt: try row.optionalMoment(),
            finishedAt: try row.optionalMoment(), problem: try row.optionalText())
    }

    // MARK: Statements

    private static let lockProducts = SQLText.locking(
        "SELECT \(ProductRow.columns) FROM products p WHERE p.zid_id = $1 OR p.sku = $2 ORDER BY p.id", of: "p")

    private static let forgetOther: SQLText = "DELETE FROM zid_stock WHERE product_id = $1 AND told <> $2"

    private static let untold: SQLText = """
        SELECT s.id, s.zid_id, s.available, s.owed FROM (
            SELECT p.id, p.zid_id, p.codes_available AS available, (
                SELECT CAST(COALESCE(SUM(d.pieces), 0) AS BIGINT) FROM order_debts d
                WHERE d.product_id = p.id AND d.state = 'owed'
            ) AS owed, t.told FROM products p LEFT JOIN zid_stock t ON t.product_id = p.id
            WHERE p.zid_id IS NOT NULL AND p.stock_policy = 'codes' AND p.state <> 'archived'
        ) s
        WHERE s.told IS NULL OR s.told <> CASE WHEN s.available > s.owed THEN s.available - s.owed ELSE 0 END
        ORDER BY s.id LIMIT $1
        """

    private static let tell: SQLText = """
        INSERT INTO zid_stock (product_id, told, told_ms) VALUES ($1, $2, $3)
        ON CONFLICT (product_id) DO UPDATE SET told = excluded.told, told_ms = excluded.told_ms
        """

    private static let jobColumns = "kind, page, started_ms, finished_ms, problem"

    private static let addJob: SQLText =
        "INSERT INTO zid_jobs (kind, page, due_ms) VALUES ($1, 1, 0) ON CONFLICT DO NOTHING"

    private static let claimJob = SQLText(
        "UPDATE zid_jobs SET due_ms = $3 WHERE kind = $1 AND due_ms <= $2 RETURNING \(jobColumns)")

    private static let keepJob: SQLText = """
        UPDATE zid_jobs SET page = $2, started_ms = $3, finished_ms = $4, due_ms = $5, problem = $6 WHERE kind = $1
        """

    private static let restart: SQLText = "UPDATE zid_jobs SET page = 1, started_ms = NULL, due_ms = 0, problem = NULL"

    private static let allJobs = SQLText("SELECT \(jobColumns) FROM zid_jobs ORDER BY kind")
}
