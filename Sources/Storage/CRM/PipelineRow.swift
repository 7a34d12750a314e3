import Domain

/// Pipelines as their table stores them.
enum PipelineRow {
    /// Of the table named `p`.
    static let columns = "p.id, p.created_ms, p.changed_ms, p.version, p.name_ar, p.name_en, p.archived, p.stages"

    static func read(_ row: SQLRow) throws(HubError) -> Pipeline {
        var row = row.reader
        var pipeline = Pipeline(id: try row.text(PipelineID.init), at: try row.moment())
        pipeline.changedAt = try row.moment()
        pipeline.version = try row.integer()
        pipeline.nameAr = try row.text()
        pipeline.nameEn = try row.optionalText()
        pipeline.isArchived = try row.flag()
        let stages = try row.json().array ?? []
        pipeline.stages = stages.compactMap(Pipeline.Stage.init(json:))
        guard pipeline.stages.count == stages.count, !stages.isEmpty else { throw row.unreadable }
        return pipeline
    }

    /// In the order of `columns`.
    static func values(_ pipeline: Pipeline) -> [SQLValue] {
        [
            .id(pipeline.id), .moment(pipeline.createdAt), .moment(pipeline.changedAt), .integer(pipeline.version),
            .text(pipeline.nameAr), .optional(pipeline.nameEn), .flag(pipeline.isArchived),
            .json(.array(pipeline.stages.map(\.json))),
        ]
    }
}
