import Domain

/// API tokens over either database.
struct SQLAPITokenStore: APITokenStore {
    let database: any SQLDatabase

    func add(_ token: APIToken, hash: String, max: Int, _ writing: Writing<APIToken>) async throws {
        _ = try await database.write(writing) { session in
            // The user's row is locked, so that two at once are counted one after the other.
            _ = try session.execute(AccountStatements.lock, [.id(token.user)])
            let live = try session.execute(Self.live, [.id(token.user), .moment(writing.at), .count(max)])
            guard live.count < max else {
                throw HubError.conflict("you have \(max) live API tokens: revoke one first")
            }
            return Change(token, .created(token), statements: [Self.insert(token, hash: hash)])
        }
    }

    func tokens(_ request: ListRequest<APITokenSort, APITokenFilter>) async throws -> ListPage<APIToken> {
        let statement = Self.list(request)
        return try await database.read { session in
            ListPage(try session.execute(statement).map(APITokenRow.read), limit: request.limit) { token in
                ListPosition(value: .integer(token.moment(of: request.order.key).milliseconds), id: token.id.text)
            }
        }
    }

    func token(_ id: APITokenID) async throws -> APIToken? {
        try await database.read { session in
            try session.execute(Self.byID, [.id(id)]).first.map(APITokenRow.read)
        }
    }

    func revoke(_ id: APITokenID, owner: UserID?, _ writing: Writing<APIToken>) async throws {
        _ = try await database.write(writing) { session in
            guard let token = try session.execute(Self.lock, [.id(id)]).first.map(APITokenRow.read),
                owner == nil || owner == token.user
            else { throw HubError.notFound("there is no such token") }
            guard token.revokedAt == nil else { return Change(token, nil) }
            var revoked = token
            revoked.revokedAt = writing.at
            let event = AuditEvent("token.revoked", token.subject, before: .object(token.document))
            return Change(
                revoked, event, statements: [SQLStatement(Self.end, [.id(id), .moment(writing.at)])])
        }
    }

    func bearer(hash: String) async throws -> (token: APIToken, user: User)? {
        try await database.lookup { session in
            try session.execute(Self.byHash, [.text(hash)]).first.map { row in
                var reader = row.reader
                return (token: try APITokenRow.read(&reader), user: try UserRow.read(&reader))
            }
        }
    }

    func noteUse(of id: APITokenID, at moment: Timestamp) async throws {
        try await database.write { session in
            _ = try session.finish(Self.note, [.id(id), .moment(moment)])
        }
    }

    // MARK: Statements

    private static let live: SQLText = """
        SELECT 1 FROM api_tokens WHERE user_id = $1 AND revoked_ms IS NULL AND expires_ms > $2 LIMIT $3
        """

    private static let byID = SQLText("SELECT \(APITokenRow.columns) FROM api_tokens k WHERE k.id = $1")

    private static let lock = SQLText.locking(
        "SELECT \(APITokenRow.columns) FROM api_tokens k WHERE k.id = $1", of: "k")

    private static let byHash = SQLText(
        """
        SELECT \(APITokenRow.columns), \(UserRow.columns)
        FROM api_tokens k JOIN users u ON u.id = k.user_id WHERE k.hash = $1
        """)

    private static let end: SQLText = "UPDATE api_tokens SET revoked_ms = $2 WHERE id = $1"

    private static let note: SQLText =
        "UPDATE api_tokens SET used_ms = $2 WHERE id = $1 AND (used_ms IS NULL OR used_ms < $2)"

    private static func insert(_ token: APIToken, hash: String) -> SQLStatement {
        SQLStatement(
            """
            INSERT INTO api_tokens (id, user_id, name, scopes, hash, created_ms, expires_ms)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            """,
            [
                .id(token.id), .id(token.user), .text(token.name), .texts(token.scopes.map(\.rawValue).sorted()),
                .text(hash), .moment(token.createdAt), .moment(token.expiresAt),
            ]
        )
    }

    private static func list(_ request: ListRequest<APITokenSort, APITokenFilter>) -> SQLStatement {
        var list = ListStatement()
        let filter = request.filter
        list.require("k.user_id = $?", optional: filter.user.map { .id($0) })
        switch filter.isLive {
        case true?: list.require("k.revoked_ms IS NULL AND k.expires_ms > $?", .moment(filter.now))
        case false?: list.require("(k.revoked_ms IS NOT NULL OR k.expires_ms <= $?)", .moment(filter.now))
        case nil: break
        }
        return list.page(
            "SELECT \(APITokenRow.columns) FROM api_tokens k",
            sortedBy: "k.\(request.order.key.column)",
            id: "k.id",
            request
        )
    }
}

extension APITokenSort {
    fileprivate var column: String {
        switch self {
        case .createdAt: "created_ms"
        case .expiresAt: "expires_ms"
        }
    }
}

extension APIToken {
    fileprivate func moment(of key: APITokenSort) -> Timestamp {
        switch key {
        case .createdAt: createdAt
        case .expiresAt: expiresAt
        }
    }
}
