import Domain

/// Staff accounts as their table stores them.
enum UserRow {
    /// Of the table named `u`.
    static let columns = "u.id, u.email, u.name, u.role, u.disabled, u.created_ms"

    static func read(_ row: inout SQLRowReader) throws(HubError) -> User {
        User(
            id: try row.text(UserID.init),
            email: try row.text(),
            name: try row.text(),
            role: try row.text(User.Role.init(rawValue:)),
            isDisabled: try row.flag(),
            createdAt: try row.moment()
        )
    }

    static func read(_ row: SQLRow) throws(HubError) -> User {
        var reader = row.reader
        return try read(&reader)
    }
}
