import Domain

extension SQLDealStore {
    func pipeline(_ id: PipelineID) async throws -> Pipeline? {
        try await database.read { session in
            try session.execute(Statements.byID, [.id(id)]).first.map(PipelineRow.read)
        }
    }

    func pipelines(_ request: ListRequest<PipelineSort, Void>) async throws -> ListPage<Pipeline> {
        let statement = ListStatement().page(
            DealStatements.selectPipeline, sortedBy: "p.created_ms", id: "p.id", request)
        return try await database.read { session in
            ListPage(try session.execute(statement).map(PipelineRow.read), limit: request.limit) { pipeline in
                ListPosition(value: .integer(pipeline.createdAt.milliseconds), id: pipeline.id.text)
            }
        }
    }

    func add(_ pipeline: Pipeline, _ writing: Writing<Pipeline>) async throws -> Written<Pipeline> {
        try await database.write(writing) { _ in
            Change(
                pipeline,
                .created(pipeline),
                statements: [SQLStatement(Statements.insert, PipelineRow.values(pipeline))]
            )
        }
    }

    func change(
        _ id: PipelineID,
        expected: Int64?,
        _ writing: Writing<Pipeline>,
        _ change: @escaping @Sendable (inout Pipeline) throws -> Void
    ) async throws -> Pipeline {
        try await database.write(writing) { session in
            guard let old = try session.execute(DealStatements.lockPipeline, [.id(id)]).first.map(PipelineRow.read)
            else { throw HubError.notFound("there is no such pipeline") }
            return try Change(of: old, expected: expected, at: writing.at, change) { new in
                for stage in old.stages where !new.has(stage.id) {
                    guard try session.execute(Statements.dealIn, [.id(id), .id(stage.id)]).isEmpty else {
                        throw HubError.conflict("the stage \(stage.id) has deals: move them first")
                    }
                }
                return [SQLStatement(Statements.update, PipelineRow.values(new))]
            }
        }.value()
    }
}

private enum Statements {
    static let byID = SQLText("\(DealStatements.selectPipeline) WHERE p.id = $1")

    static let dealIn: SQLText = "SELECT 1 FROM crm_deals WHERE pipeline_id = $1 AND stage_id = $2 LIMIT 1"

    static let insert: SQLText = """
        INSERT INTO crm_pipelines (id, created_ms, changed_ms, version, name_ar, name_en, archived, stages)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        """

    static let update: SQLText = """
        UPDATE crm_pipelines SET created_ms = $2, changed_ms = $3, version = $4, name_ar = $5, name_en = $6,
            archived = $7, stages = $8
        WHERE id = $1
        """
}
