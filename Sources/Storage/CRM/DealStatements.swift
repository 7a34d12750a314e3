import Domain

/// What reads, locks and writes deals inside a transaction. A deal is locked before its pipeline.
enum DealStatements {
    static func find(
        _ id: DealID,
        _ scope: CRMScope,
        isLocked: Bool,
        _ session: any SQLSession
    ) throws -> Deal {
        let scope = condition(scope)
        let text = "\(select) WHERE d.id = $1\(scope.and(2))"
        let rows = try session.execute(
            isLocked ? .locking(text, of: "d") : SQLText(text), [.id(id)] + scope.values)
        guard let deal = try rows.first.map(DealRow.read) else { throw HubError.notFound("there is no such deal") }
        return deal
    }

    static func condition(_ scope: CRMScope) -> ScopeCondition {
        .work(scope, owner: "d.owner_id", contactOwner: "c.owner_id")
    }

    /// A deal in its pipeline, which is locked so that the stage stays. Throws `invalid` for one that is none, and
    /// `conflict` for one that is archived.
    static func place(_ new: NewDeal, at moment: Timestamp, _ session: any SQLSession) throws -> Deal {
        let found =
            if let id = new.pipeline {
                try session.execute(lockPipeline, [.id(id)])
            } else {
                try session.execute(lockFirstPipeline)
            }
        guard let pipeline = try found.first.map(PipelineRow.read), let first = pipeline.stages.first else {
            throw HubError.invalid([FieldProblem("/pipeline", "conflict", "there is no such pipeline")])
        }
        guard !pipeline.isArchived else { throw HubError.conflict("this pipeline is archived and takes no new deals") }
        let stage = new.stage ?? first.id
        guard pipeline.has(stage) else { throw noStage }
        let open = Deal(id: new.id, contact: new.contact, pipeline: pipeline.id, stage: stage, at: moment)
        var deal = open
        try new.fill(&deal)
        try deal.follow(open, at: moment)
        return deal
    }

    /// Locks the pipeline and throws `invalid` when the deal's stage is none of it.
    static func checkPlace(of deal: Deal, _ session: any SQLSession) throws {
        let found = try session.execute(lockPipeline, [.id(deal.pipeline)])
        guard let pipeline = try found.first.map(PipelineRow.read) else {
            throw HubError.invalid([FieldProblem("/pipeline", "conflict", "there is no such pipeline")])
        }
        guard pipeline.has(deal.stage) else { throw noStage }
    }

    private static let noStage =
        HubError.invalid([FieldProblem("/stage", "conflict", "is no stage of the deal's pipeline")])

    /// The deal and the first entry of its history.
    static func inserts(_ deal: Deal, byName: String, at moment: Timestamp) -> [SQLStatement] {
        let move = DealMove(from: nil, to: deal, byName: byName, at: moment)
        return [SQLStatement(insert, DealRow.values(deal))]
            + [move].compactMap(\.self).map { SQLStatement(insertMove, DealRow.values($0)) }
    }

    static func updates(_ old: Deal, to new: Deal, byName: String, at moment: Timestamp) -> [SQLStatement] {
        let move = DealMove(from: old, to: new, byName: byName, at: moment)
        return [SQLStatement(update, DealRow.values(new))]
            + [move].compactMap(\.self).map { SQLStatement(insertMove, DealRow.values($0)) }
    }

    // MARK: Statements

    static let select = "SELECT \(DealRow.columns) FROM crm_deals d JOIN crm_contacts c ON c.id = d.contact_id"

    static let selectPipeline = "SELECT \(PipelineRow.columns) FROM crm_pipelines p"

    static let lockPipeline = SQLText.locking("\(selectPipeline) WHERE p.id = $1", of: "p")

    private static let lockFirstPipeline = SQLText.locking(
        "\(selectPipeline) WHERE p.archived = 0 ORDER BY p.created_ms, p.id LIMIT 1", of: "p")

    private static let insert: SQLText = """
        INSERT INTO crm_deals (
            id, contact_id, pipeline_id, stage_id, created_ms, changed_ms, version, title, amount, currency, close_ms,
            owner_id, state, lost_reason, lead_id, closed_ms, search
        ) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
        """

    private static let update: SQLText = """
        UPDATE crm_deals SET contact_id = $2, pipeline_id = $3, stage_id = $4, created_ms = $5, changed_ms = $6,
            version = $7, title = $8, amount = $9, currency = $10, close_ms = $11, owner_id = $12, state = $13,
            lost_reason = $14, lead_id = $15, closed_ms = $16, search = $17
        WHERE id = $1
        """

    private static let insertMove: SQLText = """
        INSERT INTO crm_deal_moves (id, deal_id, at_ms, by_name, from_stage, from_state, to_stage, to_state)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        """
}
