extension Schema {
    /// Goals of contacts, training programs, and who takes part.
    static let progress = Migration("progress") { dialect in
        goals(dialect) + training(dialect)
    }

    private static func goals(_ dialect: SQLDialect) -> [String] {
        [
            """
            CREATE TABLE progress_goals (
                id \(dialect.key) PRIMARY KEY,
                contact_id \(dialect.key) NOT NULL REFERENCES crm_contacts (id),
                created_ms BIGINT NOT NULL,
                changed_ms BIGINT NOT NULL,
                version BIGINT NOT NULL,
                title \(dialect.key) NOT NULL,
                description TEXT,
                unit TEXT NOT NULL,
                start_value BIGINT NOT NULL,
                target BIGINT NOT NULL,
                due_ms BIGINT,
                owner_id \(dialect.key) REFERENCES users (id),
                current_value BIGINT NOT NULL,
                check_ins BIGINT NOT NULL,
                state \(dialect.key) NOT NULL,
                reached_ms BIGINT,
                due_order BIGINT NOT NULL,
                search TEXT NOT NULL
            )
            """,
            "CREATE INDEX progress_goals_contact ON progress_goals (contact_id, created_ms, id)",
            "CREATE INDEX progress_goals_owner ON progress_goals (owner_id, created_ms, id)",
            "CREATE INDEX progress_goals_state ON progress_goals (state, due_order, id)",
            "CREATE INDEX progress_goals_created ON progress_goals (created_ms, id)",
            "CREATE INDEX progress_goals_changed ON progress_goals (changed_ms, id)",
            "CREATE INDEX progress_goals_due ON progress_goals (due_order, id)",
            "CREATE INDEX progress_goals_title ON progress_goals (title, id)",
            """
            CREATE TABLE progress_check_ins (
                id \(dialect.key) PRIMARY KEY,
                goal_id \(dialect.key) NOT NULL REFERENCES progress_goals (id),
                seq BIGINT NOT NULL,
                at_ms BIGINT NOT NULL,
                author_name TEXT NOT NULL,
                value BIGINT NOT NULL,
                delta BIGINT NOT NULL,
                note TEXT,
                reaching BIGINT NOT NULL,
                UNIQUE (goal_id, seq)
            )
            """,
        ] + dialect.trigramIndex(on: "progress_goals", column: "search")
    }

    private static func training(_ dialect: SQLDialect) -> [String] {
        [
            """
            CREATE TABLE training_programs (
                id \(dialect.key) PRIMARY KEY,
                created_ms BIGINT NOT NULL,
                changed_ms BIGINT NOT NULL,
                version BIGINT NOT NULL,
                title_ar \(dialect.key) NOT NULL,
                title_en TEXT,
                description_ar TEXT,
                description_en TEXT,
                state \(dialect.key) NOT NULL,
                modules TEXT NOT NULL,
                search TEXT NOT NULL
            )
            """,
            "CREATE INDEX training_programs_created ON training_programs (created_ms, id)",
            "CREATE INDEX training_programs_changed ON training_programs (changed_ms, id)",
            "CREATE INDEX training_programs_title ON training_programs (title_ar, id)",
            "CREATE INDEX training_programs_state ON training_programs (state, created_ms, id)",
            """
            CREATE TABLE training_enrolments (
                id \(dialect.key) PRIMARY KEY,
                program_id \(dialect.key) NOT NULL REFERENCES training_programs (id),
                learner_kind \(dialect.key) NOT NULL,
                learner_id \(dialect.key) NOT NULL,
                created_ms BIGINT NOT NULL,
                changed_ms BIGINT NOT NULL,
                version BIGINT NOT NULL,
                completions TEXT NOT NULL,
                UNIQUE (program_id, learner_kind, learner_id)
            )
            """,
            "CREATE INDEX training_enrolments_program ON training_enrolments (program_id, created_ms, id)",
            "CREATE INDEX training_enrolments_learner ON training_enrolments (learner_kind, learner_id)",
        ] + dialect.trigramIndex(on: "training_programs", column: "search")
    }
}
