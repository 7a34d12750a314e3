import Domain

/// API tokens as their table stores them.
enum APITokenRow {
    /// Of the table named `k`.
    static let columns =
        "k.id, k.user_id, k.name, k.scopes, k.created_ms, k.expires_ms, k.used_ms, k.revoked_ms"

    static func read(_ row: inout SQLRowReader) throws(HubError) -> APIToken {
        var token = APIToken(
            id: try row.text(APITokenID.init),
            user: try row.text(UserID.init),
            name: try row.text(),
            // A scope that an older version does not know gives nothing.
            scopes: Set(try row.texts().compactMap(Right.init)),
            createdAt: try row.moment(),
            expiresAt: try row.moment()
        )
        token.lastUsedAt = try row.optionalMoment()
        token.revokedAt = try row.optionalMoment()
        return token
    }

    static func read(_ row: SQLRow) throws(HubError) -> APIToken {
        var reader = row.reader
        return try read(&reader)
    }
}
