extension Schema {
    /// The database refuses to change or remove what is in the audit log.
    ///
    /// It keeps mistakes and injected statements out. Who owns the tables can drop the triggers, which is what the
    /// chain of hashes is for.
    static let appendOnly = Migration("append_only") { dialect in
        switch dialect {
        case .sqlite:
            ["UPDATE", "DELETE"].map { verb in
                """
                CREATE TRIGGER audit_logs_no_\(verb.lowercased()) BEFORE \(verb) ON audit_logs
                BEGIN SELECT RAISE(ABORT, 'audit_logs is append-only'); END
                """
            }
        case .postgres:
            [
                """
                CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $refuse$
                BEGIN RAISE EXCEPTION 'audit_logs is append-only'; END $refuse$
                """,
                """
                CREATE TRIGGER audit_logs_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_logs
                FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()
                """,
            ]
        }
    }
}
