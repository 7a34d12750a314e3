extension Schema {
    /// What was deleted while it was on its way is not tried again.
    static let withdrawal = Migration("withdrawal") { _ in
        ["ALTER TABLE outbox ADD COLUMN withdrawn SMALLINT NOT NULL DEFAULT 0"]
    }
}
