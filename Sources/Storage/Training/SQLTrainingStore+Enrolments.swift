import Domain

extension SQLTrainingStore {
    func enrol(
        _ enrolment: Enrolment,
        _ writing: Writing<TrainingProgress>
    ) async throws -> Written<TrainingProgress> {
        try await database.write(writing) { session in
            let program = try Self.locked(enrolment.program, session)
            guard program.state == .active else {
                throw HubError.conflict("this program is \(program.state.rawValue): only an active one takes learners")
            }
            switch enrolment.learner {
            case .contact(let contact): try ContactCheck.check(contact, session)
            case .user(let user):
                guard try !session.execute(Self.user, [.id(user)]).isEmpty else {
                    throw HubError.invalid([FieldProblem("/user", "unknown", "is no user who can sign in")])
                }
            }
            guard try !session.execute(Self.insertEnrolment, EnrolmentRow.values(enrolment)).isEmpty else {
                throw HubError.conflict("this learner takes part already")
            }
            let progress = TrainingProgress(enrolment, in: program)
            return Change(progress, .created(progress))
        }
    }

    func enrolment(_ id: EnrolmentID, of program: TrainingProgramID) async throws -> TrainingProgress? {
        try await database.snapshot { session in
            let rows = try session.batch([
                SQLStatement(Self.byID, [.id(program)]), SQLStatement(Self.enrolmentByID, [.id(id), .id(program)]),
            ])
            guard let program = try rows[0].first.map(TrainingProgramRow.read),
                let enrolment = try rows[1].first.map(EnrolmentRow.read)
            else { return nil }
            return TrainingProgress(enrolment, in: program)
        }
    }

    func enrolments(
        _ request: ListRequest<EnrolmentSort, EnrolmentFilter>
    ) async throws -> ListPage<TrainingProgress> {
        var list = ListStatement()
        let filter = request.filter
        list.require("e.program_id = $?", .id(filter.program))
        if let contact = filter.contact {
            list.require("e.learner_kind = 'contact'")
            list.require("e.learner_id = $?", .id(contact))
        }
        if let user = filter.user {
            list.require("e.learner_kind = 'user'")
            list.require("e.learner_id = $?", .id(user))
        }
        let statement = list.page(
            "SELECT \(EnrolmentRow.columns) FROM training_enrolments e", sortedBy: "e.created_ms", id: "e.id", request)
        return try await database.snapshot { session in
            let rows = try session.batch([SQLStatement(Self.byID, [.id(filter.program)]), statement])
            guard let program = try rows[0].first.map(TrainingProgramRow.read) else { throw Self.unknown }
            let found = try rows[1].map { row throws(HubError) in
                TrainingProgress(try EnrolmentRow.read(row), in: program)
            }
            return ListPage(found, limit: request.limit) { progress in
                ListPosition(
                    value: .integer(progress.enrolment.createdAt.milliseconds), id: progress.enrolment.id.text)
            }
        }
    }

    func mark(
        _ module: TrainingModuleID,
        doneAt moment: Timestamp?,
        in id: EnrolmentID,
        of program: TrainingProgramID,
        _ writing: Writing<TrainingProgress>,
        _ check: @escaping @Sendable (Enrolment) throws -> Void
    ) async throws -> TrainingProgress {
        try await database.write(writing) { session in
            let program = try Self.locked(program, session)
            let old = try Self.lockedEnrolment(id, of: program.id, session)
            try check(old)
            guard program.has(module) else { throw HubError.notFound("there is no such module in this program") }
            var new = old
            if let moment {
                new.completions[module] = old.completions[module] ?? moment
            } else {
                new.completions[module] = nil
            }
            let (before, after) = (TrainingProgress(old, in: program), TrainingProgress(new, in: program))
            guard let event = AuditEvent.changed(before, to: after) else { return Change(before, nil) }
            new.version += 1
            new.changedAt = max(writing.at, old.changedAt)
            return Change(
                TrainingProgress(new, in: program),
                event,
                statements: [SQLStatement(Self.updateEnrolment, EnrolmentRow.values(new))]
            )
        }.value()
    }

    func leave(
        _ id: EnrolmentID,
        of program: TrainingProgramID,
        expected: Int64?,
        _ writing: Writing<TrainingProgress>
    ) async throws {
        _ = try await database.write(writing) { session in
            let program = try Self.locked(program, session)
            let enrolment = try Self.lockedEnrolment(id, of: program.id, session)
            guard expected == nil || expected == enrolment.version else { throw HubError.stale }
            let progress = TrainingProgress(enrolment, in: program)
            return Change(
                progress,
                .removed(progress),
                statements: [SQLStatement("DELETE FROM training_enrolments WHERE id = $1", [.id(id)])]
            )
        }
    }

    /// Throws `not_found`. The program is locked before it.
    private static func lockedEnrolment(
        _ id: EnrolmentID,
        of program: TrainingProgramID,
        _ session: any SQLSession
    ) throws -> Enrolment {
        let rows = try session.execute(lockEnrolment, [.id(id), .id(program)])
        guard let enrolment = try rows.first.map(EnrolmentRow.read) else {
            throw HubError.notFound("there is no such enrolment in this program")
        }
        return enrolment
    }

    // MARK: Statements

    private static let oneEnrolment = """
        SELECT \(EnrolmentRow.columns) FROM training_enrolments e WHERE e.id = $1 AND e.program_id = $2
        """

    private static let enrolmentByID = SQLText(oneEnrolment)

    private static let lockEnrolment = SQLText.locking(oneEnrolment, of: "e")

    private static let user: SQLText = "SELECT 1 FROM users WHERE id = $1 AND disabled = 0"

    private static let insertEnrolment: SQLText = """
        INSERT INTO training_enrolments (
            id, program_id, learner_kind, learner_id, created_ms, changed_ms, version, completions
        ) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING RETURNING id
        """

    private static let updateEnrolment: SQLText = """
        UPDATE training_enrolments SET
            program_id = $2, learner_kind = $3, learner_id = $4, created_ms = $5, changed_ms = $6, version = $7,
            completions = $8
        WHERE id = $1
        """
}
