import Domain

extension SQLTrainingStore {
    func enrol(
        _ enrolment: Enrolment,
        scope: CRMScope,
        _ writing: Writing<TrainingProgress>
    ) async throws -> Written<TrainingProgress> {
        try await database.write(writing) { session in
            let program = try Self.locked(enrolment.program, session)
            guard program.state == .active else {
                throw HubError.conflict("this program is \(program.state.rawValue): only an active one takes learners")
            }
            switch enrolment.learner {
            case .contact(let contact): _ = try ContactStatements.lockNamed(contact, scope, session)
            case .user(let user):
                guard try !session.execute(Self.user, [.id(user)]).isEmpty else {
                    throw HubError.invalid([FieldProblem("/user", "conflict", "is no user who can sign in")])
                }
            }
            guard try !session.execute(Self.insertEnrolment, EnrolmentRow.values(enrolment)).isEmpty else {
                throw HubError.conflict("this learner takes part already")
            }
            let progress = TrainingProgress(enrolment, in: program)
            return Change(progress, .created(progress))
        }
    }

    func enrolment(
        _ id: EnrolmentID,
        of program: TrainingProgramID,
        scope: CRMScope
    ) async throws -> TrainingProgress? {
        var list = ListStatement()
        list.require("e.id = $?", .id(id))
        list.require("e.program_id = $?", .id(program))
        list.require(EnrolmentRow.isPresent)
        list.require(ScopeCondition.enrolments(scope))
        let statement = list.all(Self.progress, "")
        return try await database.read { session in
            try session.execute(statement).first.map(EnrolmentRow.readProgress)
        }
    }

    func enrolments(
        _ request: ListRequest<EnrolmentSort, EnrolmentFilter>
    ) async throws -> ListPage<TrainingProgress> {
        try await database.read { session in
            let found = try session.execute(Self.list(request, session.dialect)).map(EnrolmentRow.readProgress)
            return ListPage(found, limit: request.limit) { progress in
                ListPosition(
                    value: .integer(progress.enrolment.createdAt.milliseconds), id: progress.enrolment.id.text)
            }
        }
    }

    private static func list(
        _ request: ListRequest<EnrolmentSort, EnrolmentFilter>,
        _ dialect: SQLDialect
    ) -> SQLStatement {
        var list = ListStatement()
        let filter = request.filter
        list.require(EnrolmentRow.isPresent)
        list.require(ScopeCondition.enrolments(filter.scope))
        list.require("e.program_id = $?", optional: filter.program.map { .id($0) })
        list.require("(e.learner_kind = 'contact' AND e.learner_id = $?)", optional: filter.contact.map { .id($0) })
        list.require("(e.learner_kind = 'user' AND e.learner_id = $?)", optional: filter.user.map { .id($0) })
        switch filter.state {
        case .active?: list.require("NOT \(EnrolmentRow.isCompleted(dialect))")
        case .completed?: list.require(EnrolmentRow.isCompleted(dialect))
        case nil: break
        }
        return list.page(progress, sortedBy: "e.created_ms", id: "e.id", request)
    }

    func mark(
        _ module: TrainingModuleID,
        doneAt moment: Timestamp?,
        in id: EnrolmentID,
        of program: TrainingProgramID,
        scope: CRMScope,
        _ writing: Writing<TrainingProgress>,
        _ check: @escaping @Sendable (Enrolment) throws -> Void
    ) async throws -> TrainingProgress {
        try await database.write(writing) { session in
            let program = try Self.locked(program, session)
            let old = try Self.lockedEnrolment(id, of: program.id, scope, session)
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
            new.touch(at: writing.at)
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
        scope: CRMScope,
        expected: Int64?,
        _ writing: Writing<TrainingProgress>
    ) async throws {
        _ = try await database.write(writing) { session in
            let program = try Self.locked(program, session)
            let enrolment = try Self.lockedEnrolment(id, of: program.id, scope, session)
            try enrolment.require(expected)
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
        _ scope: CRMScope,
        _ session: any SQLSession
    ) throws -> Enrolment {
        let scope = ScopeCondition.enrolments(scope)
        let text = SQLText.locking("\(lockEnrolment)\(scope.and(3))", of: "e")
        let rows = try session.execute(text, [.id(id), .id(program)] + scope.values)
        guard let enrolment = try rows.first.map(EnrolmentRow.read) else {
            throw HubError.notFound("there is no such enrolment in this program")
        }
        return enrolment
    }

    // MARK: Statements

    /// Enrolments in the light of their programs.
    private static let progress = """
        SELECT \(EnrolmentRow.columns), t.modules
        FROM training_enrolments e JOIN training_programs t ON t.id = e.program_id
        """

    private static let lockEnrolment = """
        SELECT \(EnrolmentRow.columns) FROM training_enrolments e
        WHERE e.id = $1 AND e.program_id = $2 AND \(EnrolmentRow.isPresent)
        """

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
