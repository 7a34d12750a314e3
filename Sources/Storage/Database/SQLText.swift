/// The text of a statement in both dialects, which are nearly always the same.
///
/// The common dialect: `$1` parameters bound by position, `RETURNING`, `ON CONFLICT`, `UPDATE … FROM`, text and
/// 64-bit integers, moments as milliseconds, JSON as text, flags as 0 and 1.
struct SQLText: Sendable, Hashable, ExpressibleByStringLiteral {
    let sqlite: String
    let postgres: String

    init(_ common: String) {
        self.init(sqlite: common, postgres: common)
    }

    init(stringLiteral common: String) {
        self.init(common)
    }

    /// For a statement that must differ.
    init(sqlite: String, postgres: String) {
        // SQLite numbers `$1` by its first appearance in the text, and only `?1` by its number.
        self.sqlite = sqlite.replacing("$", with: "?")
        self.postgres = postgres
    }

    /// A query that locks the rows it reads of the table named `alias`. SQLite has one writer and needs no lock.
    static func locking(_ common: String, of alias: String) -> SQLText {
        SQLText(sqlite: common, postgres: "\(common) FOR UPDATE OF \(alias)")
    }

    /// As `locking`, but other rows may meanwhile be made that refer to these (`FOR NO KEY UPDATE`).
    static func holding(_ common: String, of alias: String) -> SQLText {
        SQLText(sqlite: common, postgres: "\(common) FOR NO KEY UPDATE OF \(alias)")
    }

    subscript(dialect: SQLDialect) -> String {
        switch dialect {
        case .sqlite: sqlite
        case .postgres: postgres
        }
    }
}
