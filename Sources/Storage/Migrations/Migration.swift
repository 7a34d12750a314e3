import Crypto

/// A numbered change of the schema. Once released it is never edited: a later one corrects it.
struct Migration: Sendable {
    /// 1, 2, 3, …: its place in the schema.
    private(set) var version: Int64 = 0
    let name: String
    private let text: @Sendable (SQLDialect) -> [String]

    /// `text` gives the statements in order, each without its semicolon.
    init(_ name: String, _ text: @escaping @Sendable (SQLDialect) -> [String]) {
        self.name = name
        self.text = text
    }

    static func numbered(_ migrations: [Migration]) -> [Migration] {
        migrations.enumerated().map { index, migration in
            var migration = migration
            migration.version = Int64(index + 1)
            return migration
        }
    }

    func statements(for dialect: SQLDialect) -> [String] { text(dialect) }

    /// SHA-256 of the statements in lower-case hex: tells a database made by other statements apart.
    func checksum(for dialect: SQLDialect) -> String {
        var hash = SHA256()
        for statement in text(dialect) { hash.update(data: Array(statement.utf8) + [0]) }
        return HexDigest.text(of: hash.finalize())
    }
}

extension SQLDialect {
    /// The type of ids and codes: compared by their bytes on both databases.
    var key: String {
        switch self {
        case .sqlite: "TEXT"
        case .postgres: "TEXT COLLATE \"C\""
        }
    }

    /// The present moment in milliseconds, by the database's clock.
    var now: String {
        switch self {
        case .sqlite: "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)"
        case .postgres: "CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT)"
        }
    }

    /// 128 random bits in hex (PostgreSQL: 122, a UUID without its dashes).
    var random: String {
        switch self {
        case .sqlite: "lower(hex(randomblob(16)))"
        case .postgres: "replace(gen_random_uuid()::text, '-', '')"
        }
    }
}
