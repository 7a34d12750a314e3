extension Schema {
    /// What must still happen after a person was erased: outside of the database, and in the memory of hubs.
    static let erasure = Migration("erasure") { dialect in
        [
            // When the room's log was overwritten last, so that hubs forget what they hold of it.
            "ALTER TABLE rooms ADD COLUMN erased_ms BIGINT",
            // Bytes to be removed. `asks` counts how often that was asked, so that no asking is lost.
            """
            CREATE TABLE erased_blobs (
                digest \(dialect.key) PRIMARY KEY,
                asks BIGINT NOT NULL
            )
            """,
        ]
    }
}
