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
        let modules = try row.json().array ?? []
        let read = modules.compactMap(TrainingModule.init)
        guard read.count == modules.count else { throw row.unreadable }
        try program.set(read)
        return program
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

/// Enrolments as their table stores them.
enum EnrolmentRow {
    /// Of the table named `e`.
    static let columns = """
        e.id, e.program_id, e.learner_kind, e.learner_id, e.created_ms, e.changed_ms, e.version, e.completions
        """

    static func read(_ row: SQLRow) throws(HubError) -> Enrolment {
        var row = row.reader
        let id = try row.text(EnrolmentID.init)
        let program = try row.text(TrainingProgramID.init)
        let learner: Enrolment.Learner =
            switch try row.text() {
            case "contact": .contact(try row.text(ContactID.init))
            case "user": .user(try row.text(UserID.init))
            default: throw row.unreadable
            }
        var enrolment = Enrolment(id: id, program: program, learner: learner, at: try row.moment())
        enrolment.changedAt = try row.moment()
        enrolment.version = try row.integer()
        for (module, moment) in try row.json().object ?? [:] {
            guard let module = TrainingModuleID(module), let moment = moment.integer else { throw row.unreadable }
            enrolment.completions[module] = Timestamp(milliseconds: moment)
        }
        return enrolment
    }

    /// In the order of `columns`.
    static func values(_ enrolment: Enrolment) -> [SQLValue] {
        let completions = enrolment.completions.map { ($0.text, JSONValue.integer($1.milliseconds)) }
        return [.id(enrolment.id), .id(enrolment.program)] + learner(enrolment.learner) + [
            .moment(enrolment.createdAt), .moment(enrolment.changedAt), .integer(enrolment.version),
            .json(.object(Dictionary(uniqueKeysWithValues: completions))),
        ]
    }

    private static func learner(_ learner: Enrolment.Learner) -> [SQLValue] {
        switch learner {
        case .contact(let id): [.text("contact"), .id(id)]
        case .user(let id): [.text("user"), .id(id)]
        }
    }
}
