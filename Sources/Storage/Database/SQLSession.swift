/// One access to the database, valid only inside the closure it is given to.
///
/// Calls are synchronous: the closure runs on a thread of the driver, which may wait for the database.
protocol SQLSession {
    var dialect: SQLDialect { get }

    /// Seals and opens texts with codes.
    var texts: TextCloak { get }

    /// Runs statements in order, in one round trip.
    func batch(_ statements: [SQLStatement]) throws -> [[SQLRow]]

    /// The last batch of an access: the commit travels in the same round trip. No other call may follow.
    func finish(_ statements: [SQLStatement]) throws -> [[SQLRow]]
}

extension SQLSession {
    func execute(_ statement: SQLStatement) throws -> [SQLRow] {
        try batch([statement])[0]
    }

    func execute(_ text: SQLText, _ values: [SQLValue] = []) throws -> [SQLRow] {
        try execute(SQLStatement(text, values))
    }

    /// `finish` with one statement.
    func finish(_ text: SQLText, _ values: [SQLValue] = []) throws -> [SQLRow] {
        try finish([SQLStatement(text, values)])[0]
    }
}
