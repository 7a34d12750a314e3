extension Schema {
    /// SQLite's search moves into a file of its own, `SQLiteSearchIndex`, which fills itself from the log.
    static let searchBehindTheCommit = Migration("search behind the commit") { dialect in
        switch dialect {
        case .sqlite: ["DROP TABLE message_search"]
        case .postgres: []
        }
    }
}
