import Domain

/// Programs as their table stores them.
enum TrainingProgramRow {
    /// Of the table named `t`.
    static let columns = """
        t.id, t.created_ms, t.changed_ms, t.version, t.title_ar, t.title_en, t.description_ar, t.description_en,
        t.state, t.modules
        """

    static func read(_ row: SQLRow) throws(HubError) -> TrainingProgram {
        var row = row.reader
        var program = TrainingProgram(id: try row.text(TrainingProgramID.init), at: try row.moment())
        program.changedAt = try row.moment()
        program.version = try row.integer()
        program.titleAr = try row.text()
        program.titleEn = try row.optionalText()
        program.descriptionAr = try row.optionalText()
        program.descriptionEn = try row.optionalText()
        program.state = try row.text(TrainingProgram.State.init)
        try program.set(try modules(&row))
        return program
    }

    static func modules(_ row: inout SQLRowReader) throws(HubError) -> [TrainingModule] {
        let modules = try row.json().array ?? []
        let read = modules.compactMap(TrainingModule.init)
        guard read.count == modules.count else { throw row.unreadable }
        return read
    }

    /// In the order of `columns`, then the text to search.
    static func values(_ program: TrainingProgram) -> [SQLValue] {
        [
            .id(program.id), .moment(program.createdAt), .moment(program.changedAt), .integer(program.version),
            .text(program.titleAr), .optional(program.titleEn), .optional(program.descriptionAr),
            .optional(program.descriptionEn), .text(program.state.rawValue),
            .json(.array(program.modules.map(\.json))), .text(SearchText.fold(program.searchText)),
        ]
    }
}
