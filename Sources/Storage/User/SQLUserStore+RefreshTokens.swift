import Domain

extension SQLUserStore {
    /// Also forgets the user's tokens that have expired.
    func addRefreshToken(_ token: RefreshToken) async throws {
        try await database.write { session in
            _ = try session.finish([
                SQLStatement(RefreshTokenStatements.deleteExpired, [.id(token.user), .moment(token.issuedAt)]),
                RefreshTokenStatements.insert(token),
            ])
        }
    }

    func rotateRefreshToken(
        hash: String,
        successorHash: String,
        expiresAt: Timestamp,
        at moment: Timestamp
    ) async throws -> RefreshOutcome {
        try await database.write { session in
            guard let row = try session.execute(RefreshTokenStatements.lock, [.text(hash)]).first else {
                return .refused
            }
            let found = try StoredRefreshToken(row)
            switch found.verdict(at: moment) {
            case .refused:
                return .refused
            case .reused:
                _ = try session.finish(
                    RefreshTokenStatements.revokeFamily,
                    [.id(found.family), .moment(moment)]
                )
                return .reused(StaffLogin(user: found.user.id, family: found.family))
            case .rotated:
                let successor = RefreshToken(
                    hash: successorHash,
                    family: found.family,
                    user: found.user.id,
                    issuedAt: moment,
                    expiresAt: expiresAt
                )
                _ = try session.finish([
                    SQLStatement(RefreshTokenStatements.use, [.text(hash), .moment(moment)]),
                    RefreshTokenStatements.insert(successor),
                ])
                return .rotated(found.user, family: found.family)
            }
        }
    }

    func revokeRefreshFamily(ofHash hash: String, at moment: Timestamp) async throws -> StaffLogin? {
        try await database.write { session in
            try session.finish(RefreshTokenStatements.revokeFamilyOfHash, [.text(hash), .moment(moment)])
                .first.map(Self.login)
        }
    }

    func loginsEnded(since moment: Timestamp) async throws -> [StaffLogin] {
        try await database.read { session in
            try session.execute(RefreshTokenStatements.revokedSince, [.moment(moment)]).map(Self.login)
        }
    }

    private static func login(_ row: SQLRow) throws -> StaffLogin {
        var reader = row.reader
        return StaffLogin(user: try reader.text(UserID.init), family: try reader.text(SessionID.init))
    }

    func user(of login: StaffLogin) async throws -> User? {
        try await database.lookup { session in
            try session.execute(RefreshTokenStatements.userOfFamily, [.id(login.user), .id(login.family)])
                .first.map(UserRow.read)
        }
    }
}

/// A refresh token with its user, as the rotating transaction finds it.
private struct StoredRefreshToken {
    enum Verdict {
        case rotated, reused, refused
    }

    let family: SessionID
    let user: User
    private let expiresAt: Timestamp
    private let isUsed: Bool
    private let isRevoked: Bool

    init(_ row: SQLRow) throws(HubError) {
        var reader = row.reader
        family = try reader.text(SessionID.init)
        expiresAt = try reader.moment()
        isUsed = try reader.optionalMoment() != nil
        isRevoked = try reader.optionalMoment() != nil
        user = try UserRow.read(&reader)
    }

    func verdict(at moment: Timestamp) -> Verdict {
        if isRevoked || user.isDisabled { return .refused }
        if isUsed { return .reused }
        return expiresAt > moment ? .rotated : .refused
    }
}

enum RefreshTokenStatements {
    static func insert(_ token: RefreshToken) -> SQLStatement {
        SQLStatement(
            """
            INSERT INTO refresh_tokens (hash, family, user_id, issued_ms, expires_ms) VALUES ($1, $2, $3, $4, $5)
            """,
            [.text(token.hash), .id(token.family), .id(token.user), .moment(token.issuedAt), .moment(token.expiresAt)]
        )
    }

    static let lock = SQLText.locking(
        """
        SELECT t.family, t.expires_ms, t.used_ms, t.revoked_ms, \(UserRow.columns)
        FROM refresh_tokens t JOIN users u ON u.id = t.user_id WHERE t.hash = $1
        """,
        of: "t"
    )

    static let use: SQLText = "UPDATE refresh_tokens SET used_ms = $2 WHERE hash = $1"

    static let revokeFamily: SQLText =
        "UPDATE refresh_tokens SET revoked_ms = $2 WHERE family = $1 AND revoked_ms IS NULL"

    static let revokeFamilyOfHash: SQLText = """
        UPDATE refresh_tokens SET revoked_ms = $2
        WHERE family = (SELECT t.family FROM refresh_tokens t WHERE t.hash = $1) AND revoked_ms IS NULL
        RETURNING user_id, family
        """

    static let revokeUser: SQLText =
        "UPDATE refresh_tokens SET revoked_ms = $2 WHERE user_id = $1 AND revoked_ms IS NULL"

    /// All of a user but those of one login.
    static let revokeOthers: SQLText =
        "UPDATE refresh_tokens SET revoked_ms = $2 WHERE user_id = $1 AND revoked_ms IS NULL AND family <> $3"

    /// Tokens are revoked by whole families, so one tells of all.
    static let revokedSince: SQLText =
        "SELECT DISTINCT user_id, family FROM refresh_tokens WHERE revoked_ms >= $1"

    /// Tokens are revoked by whole families, so one that is not tells of all.
    static let userOfFamily = SQLText(
        """
        SELECT \(UserRow.columns) FROM users u WHERE u.id = $1 AND EXISTS (
            SELECT 1 FROM refresh_tokens t WHERE t.family = $2 AND t.user_id = u.id AND t.revoked_ms IS NULL
        )
        """)

    static let deleteExpired: SQLText = "DELETE FROM refresh_tokens WHERE user_id = $1 AND expires_ms < $2"
}
