import Domain

/// The tables of the search index, in a file of their own, and the statements that fill them from the log.
///
/// `message_search` holds folded texts, one row for each message and each edit, never changed; its `rowid` rises
/// with their commit. `progress` names the event up to which the log is indexed. It names it by what the event is
/// and not by its `rowid`, which a `VACUUM` of the log may change.
enum SQLiteSearchTables {
    /// Raised when tables or folding change: a file of another version is filled anew.
    static let version: Int64 = 2

    /// Positions in a text would only serve phrases, and ranks nobody asks for.
    static let make: [SQLText] = [
        "DROP TABLE IF EXISTS message_search",
        "DROP TABLE IF EXISTS progress",
        """
        CREATE VIRTUAL TABLE message_search USING fts5 (
            room_id UNINDEXED, seq UNINDEXED, target UNINDEXED, text,
            tokenize = 'trigram', detail = none, columnsize = 0
        )
        """,
        """
        CREATE TABLE progress (
            one INTEGER PRIMARY KEY CHECK (one = 1),
            room_id TEXT NOT NULL,
            seq INTEGER NOT NULL,
            mid TEXT NOT NULL,
            at_ms INTEGER NOT NULL,
            generation TEXT NOT NULL
        )
        """,
        SQLText("PRAGMA user_version = \(version)"),
    ]

    static let readVersion: SQLText = "PRAGMA user_version"

    static let insertTexts = SQLBulk(
        [.text("room_id"), .integer("seq"), .integer("target"), .text("text")],
        sqlite: "INSERT INTO message_search (room_id, seq, target, text) VALUES ($1, $2, $3, $4)",
        postgres: "SELECT"
    )

    static let readProgress: SQLText = "SELECT room_id, seq, mid, at_ms, generation FROM progress"

    static let setProgress: SQLText = """
        INSERT OR REPLACE INTO progress (one, room_id, seq, mid, at_ms, generation) VALUES (1, $1, $2, $3, $4, $5)
        """

    /// In the log: which index it wants. One that was filled for an earlier generation holds texts that were erased
    /// since, and is made anew.
    private static let generation = "COALESCE((SELECT value FROM settings WHERE key = 'search_generation'), '0')"

    static let askForNextGeneration: SQLText = """
        INSERT INTO settings (key, value, changed_ms) VALUES ('search_generation', '1', 0)
        ON CONFLICT (key) DO UPDATE SET value = CAST(CAST(settings.value AS INTEGER) + 1 AS TEXT)
        """

    /// In the log: the place of the event that `readProgress` names; none when the log wants another generation.
    static let place = SQLText(
        """
        SELECT rowid FROM room_events
        WHERE room_id = $1 AND seq = $2 AND mid = $3 AND at_ms = $4 AND $5 = \(generation)
        """
    )

    /// In the log: what was committed after a place, in the order of the commits.
    ///
    /// Events are only ever added, so a new row's `rowid` is the highest.
    static let next = SQLText(
        """
        SELECT room_id, seq, mid, at_ms, \(generation), type, target,
            CASE WHEN type IN ('msg', 'edit') THEN content END
        FROM room_events WHERE rowid > $1 ORDER BY rowid LIMIT $2
        """
    )

    /// In a search: the `rowid` in the log up to which all is indexed. When the search sees an older log than the
    /// index does, everything that it sees is.
    static let indexedUpTo = """
        SELECT COALESCE(max(w.rowid), 9223372036854775807) FROM progress p CROSS JOIN room_events w
        WHERE w.room_id = p.room_id AND w.seq = p.seq
        """
}
