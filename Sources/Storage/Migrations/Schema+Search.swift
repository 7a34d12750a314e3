extension Schema {
    /// SQLite's search moves into a file of its own, `SQLiteSearchIndex`, which fills itself from the log.
    ///
    /// PostgreSQL's new texts wait in a table without trigrams for `PostgresSearchIndexer`. Both tables take their
    /// `rowid` from one sequence, so that a text keeps its place.
    static let searchBehindTheCommit = Migration("search behind the commit") { dialect in
        switch dialect {
        case .sqlite: ["DROP TABLE message_search"]
        case .postgres:
            [
                """
                CREATE TABLE message_search_new (
                    rowid BIGINT PRIMARY KEY DEFAULT nextval('message_search_rowid_seq'),
                    room_id TEXT COLLATE "C" NOT NULL,
                    seq BIGINT NOT NULL,
                    target BIGINT NOT NULL,
                    text TEXT NOT NULL
                )
                """
            ]
        }
    }
}
