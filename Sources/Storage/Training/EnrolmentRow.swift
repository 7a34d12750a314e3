import Domain

/// Enrolments as their table stores them.
enum EnrolmentRow {
    /// Of the table named `e`.
    static let columns = """
        e.id, e.program_id, e.learner_kind, e.learner_id, e.created_ms, e.changed_ms, e.version, e.completions
        """

    /// Of a learner that is there. Where two contacts were merged that both took part, one of the places waits for
    /// the merge to be undone.
    static let isPresent = """
        (e.learner_kind <> 'contact' OR EXISTS (
            SELECT 1 FROM crm_contacts p WHERE p.id = e.learner_id AND p.merged_into IS NULL
        ))
        """

    /// Whether every module of its program, in the table named `t`, is done, and there is one: the state `completed`
    /// of `TrainingProgress`.
    static func isCompleted(_ dialect: SQLDialect) -> String {
        switch dialect {
        case .sqlite:
            """
            (json_array_length(t.modules) > 0 AND NOT EXISTS (
                SELECT 1 FROM json_each(t.modules) m
                WHERE e.completions -> (m.value ->> 'id') IS NULL
            ))
            """
        case .postgres:
            """
            (jsonb_array_length(t.modules::jsonb) > 0 AND NOT EXISTS (
                SELECT 1 FROM jsonb_array_elements(t.modules::jsonb) m
                WHERE (e.completions::jsonb) -> (m.value ->> 'id') IS NULL
            ))
            """
        }
    }

    static func read(_ row: SQLRow) throws(HubError) -> Enrolment {
        var row = row.reader
        return try read(&row)
    }

    /// Of `columns`, then the modules of the program.
    static func readProgress(_ row: SQLRow) throws(HubError) -> TrainingProgress {
        var row = row.reader
        let enrolment = try read(&row)
        return TrainingProgress(enrolment, modules: try TrainingProgramRow.modules(&row))
    }

    private static func read(_ row: inout SQLRowReader) throws(HubError) -> Enrolment {
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
