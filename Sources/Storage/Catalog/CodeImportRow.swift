import Domain

/// Imports of codes as their table stores them.
enum CodeImportRow {
    /// Of the table named `i`.
    static let columns = """
        i.id, i.product_id, i.mode, i.state, i.name, i.lines, i.accepted, i.invalid, i.duplicate, i.failure, \
        i.started_by, i.created_ms, i.changed_ms
        """

    static func read(_ row: SQLRow) throws(HubError) -> CodeImport {
        var row = row.reader
        let id = try row.text(CodeImportID.init)
        let product = try row.text(ProductID.init)
        let mode = try row.text(CodeImport.Mode.init)
        let state = try row.text(CodeImport.State.init)
        let name = try row.optionalText()
        var counts = CodeImport.Counts()
        counts.lines = try row.integer()
        counts.accepted = try row.integer()
        counts.invalid = try row.integer()
        counts.duplicate = try row.integer()
        return CodeImport(
            id: id,
            product: product,
            mode: mode,
            state: state,
            name: name,
            counts: counts,
            failure: try row.optionalText(),
            startedBy: try row.text(),
            createdAt: try row.moment(),
            changedAt: try row.moment()
        )
    }

    /// In the order of `columns`.
    static func values(_ one: CodeImport) -> [SQLValue] {
        [
            .id(one.id), .id(one.product), .text(one.mode.rawValue), .text(one.state.rawValue), .optional(one.name),
            .integer(one.counts.lines), .integer(one.counts.accepted), .integer(one.counts.invalid),
            .integer(one.counts.duplicate), .optional(one.failure), .text(one.startedBy), .moment(one.createdAt),
            .moment(one.changedAt),
        ]
    }

    /// For `update`: how far it got.
    static func changes(_ one: CodeImport) -> [SQLValue] {
        [
            .id(one.id), .integer(one.counts.lines), .integer(one.counts.accepted), .integer(one.counts.invalid),
            .integer(one.counts.duplicate), .moment(one.changedAt),
        ]
    }

    /// For `end`: how it ended.
    static func ending(_ one: CodeImport, hasLeftovers: Bool) -> [SQLValue] {
        [
            .id(one.id), .text(one.state.rawValue), .optional(one.failure), .moment(one.changedAt),
            .flag(hasLeftovers),
        ]
    }
}

/// Statements on `code_imports` and what belongs to them.
enum CodeImportStatements {
    static let byID = SQLText("SELECT \(CodeImportRow.columns) FROM code_imports i WHERE i.id = $1")

    static let lock = SQLText.locking("SELECT \(CodeImportRow.columns) FROM code_imports i WHERE i.id = $1", of: "i")

    static let lockProduct = SQLText.locking("SELECT p.stock_policy FROM products p WHERE p.id = $1", of: "p")

    static let insert: SQLText = """
        INSERT INTO code_imports (
            id, product_id, mode, state, name, lines, accepted, invalid, duplicate, failure, started_by, created_ms,
            changed_ms, leftovers
        ) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 0)
        """

    static let update: SQLText = """
        UPDATE code_imports SET lines = $2, accepted = $3, invalid = $4, duplicate = $5, changed_ms = $6 WHERE id = $1
        """

    static let end: SQLText =
        "UPDATE code_imports SET state = $2, failure = $3, changed_ms = $4, leftovers = $5 WHERE id = $1"

    static let insertProblems = SQLBulk(
        [.text("import_id"), .integer("line"), .text("code"), .text("detail")],
        """
        INSERT INTO code_import_problems (import_id, line, code, detail)
        SELECT import_id, line, code, detail FROM k WHERE true ON CONFLICT (import_id, line) DO NOTHING
        """
    )

    static let problems: SQLText = """
        SELECT line, code, detail FROM code_import_problems WHERE import_id = $1 ORDER BY line LIMIT $2
        """

    /// Who holds a fingerprint.
    static let twin: SQLText = """
        SELECT c.import_id, c.line, i.state FROM codes c JOIN code_imports i ON i.id = c.import_id
        WHERE c.fingerprint = $1
        """

    // MARK: Cleaning

    static let silent: SQLText =
        "SELECT id FROM code_imports WHERE state = 'running' AND changed_ms < $1 ORDER BY id LIMIT 100"

    static let leftovers: SQLText = "SELECT id FROM code_imports WHERE leftovers = 1 ORDER BY id LIMIT 100"

    /// Nothing of an import that finished.
    static let remove: SQLText = """
        DELETE FROM codes WHERE id IN (
            SELECT c.id FROM code_imports i CROSS JOIN codes c
            WHERE i.id = $1 AND i.leftovers = 1 AND i.state <> 'finished' AND c.import_id = i.id
            ORDER BY c.id LIMIT $2
        ) RETURNING id
        """

    static let clean: SQLText = "UPDATE code_imports SET leftovers = 0 WHERE id = $1"
}
