extension Schema {
    /// Enrolments of all programs, in the order in which lists show them.
    static let enrolments = Migration("enrolments") { _ in
        ["CREATE INDEX training_enrolments_created ON training_enrolments (created_ms, id)"]
    }
}
