import Domain

/// Training programs over either database.
struct SQLTrainingStore: TrainingStore {
    let database: any SQLDatabase

    func program(_ id: TrainingProgramID) async throws -> TrainingProgram? {
        try await database.read { session in
            try session.execute(Self.byID, [.id(id)]).first.map(TrainingProgramRow.read)
        }
    }

    func programs(
        _ request: ListRequest<TrainingProgramSort, TrainingProgramFilter>
    ) async throws -> ListPage<TrainingProgram> {
        var list = ListStatement()
        list.require("t.state = $?", optional: request.filter.state.map { .text($0.rawValue) })
        list.search(request.search, in: "t.search")
        let statement = list.page(
            Self.select, sortedBy: "t.\(request.order.key.column)", id: "t.id", request)
        return try await database.read { session in
            ListPage(try session.execute(statement).map(TrainingProgramRow.read), limit: request.limit) { program in
                program.position(by: request.order.key)
            }
        }
    }

    func add(
        _ program: TrainingProgram,
        _ writing: Writing<TrainingProgram>
    ) async throws -> Written<TrainingProgram> {
        try await database.write(writing) { _ in
            let insert = SQLStatement(Self.insert, TrainingProgramRow.values(program))
            return Change(program, .created(program), statements: [insert])
        }
    }

    func change(
        _ id: TrainingProgramID,
        expected: Int64?,
        _ writing: Writing<TrainingProgram>,
        _ change: @escaping @Sendable (inout TrainingProgram) throws -> Void
    ) async throws -> TrainingProgram {
        try await database.write(writing) { session in
            try Change(of: Self.locked(id, session), expected: expected, at: writing.at, change) { new in
                [SQLStatement(Self.update, TrainingProgramRow.values(new))]
            }
        }.value()
    }

    func remove(_ id: TrainingProgramID, expected: Int64?, _ writing: Writing<TrainingProgram>) async throws {
        _ = try await database.write(writing) { session in
            let program = try Self.locked(id, session)
            try program.require(expected)
            guard try session.execute(Self.anyEnrolment, [.id(id)]).isEmpty else {
                throw HubError.conflict("somebody takes part in this program: archive it instead")
            }
            return Change(
                program,
                .removed(program),
                statements: [SQLStatement("DELETE FROM training_programs WHERE id = $1", [.id(id)])]
            )
        }
    }

    /// Throws `not_found`.
    static func locked(_ id: TrainingProgramID, _ session: any SQLSession) throws -> TrainingProgram {
        guard let program = try session.execute(lock, [.id(id)]).first.map(TrainingProgramRow.read) else {
            throw unknown
        }
        return program
    }

    static let unknown = HubError.notFound("there is no such program")

    // MARK: Statements

    private static let select = "SELECT \(TrainingProgramRow.columns) FROM training_programs t"

    static let byID = SQLText("\(select) WHERE t.id = $1")

    private static let lock = SQLText.locking("\(select) WHERE t.id = $1", of: "t")

    private static let anyEnrolment: SQLText = "SELECT 1 FROM training_enrolments WHERE program_id = $1 LIMIT 1"

    private static let insert: SQLText = """
        INSERT INTO training_programs (
            id, created_ms, changed_ms, version, title_ar, title_en, description_ar, description_en, state, modules,
            search
        ) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        """

    private static let update: SQLText = """
        UPDATE training_programs SET
            created_ms = $2, changed_ms = $3, version = $4, title_ar = $5, title_en = $6, description_ar = $7,
            description_en = $8, state = $9, modules = $10, search = $11
        WHERE id = $1
        """
}

extension TrainingProgramSort {
    fileprivate var column: String {
        switch self {
        case .createdAt: "created_ms"
        case .updatedAt: "changed_ms"
        case .title: "title_ar"
        }
    }
}

extension TrainingProgram {
    fileprivate func position(by key: TrainingProgramSort) -> ListPosition {
        let value: ListPosition.Value =
            switch key {
            case .createdAt: .integer(createdAt.milliseconds)
            case .updatedAt: .integer(changedAt.milliseconds)
            case .title: .text(titleAr)
            }
        return ListPosition(value: value, id: id.text)
    }
}
