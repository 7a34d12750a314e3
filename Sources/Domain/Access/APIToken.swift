/// A key for programs: acts for one member of staff, within the scopes it was made for.
package struct APIToken: Sendable, Equatable {
    package let id: APITokenID
    /// Whose rights bound it.
    package let user: UserID
    package let name: String
    package let scopes: Set<Right>
    package let createdAt: Timestamp
    package let expiresAt: Timestamp
    /// To within `useInterval`; nil for never.
    package var lastUsedAt: Timestamp?
    package var revokedAt: Timestamp?

    package init(
        id: APITokenID,
        user: UserID,
        name: String,
        scopes: Set<Right>,
        createdAt: Timestamp,
        expiresAt: Timestamp
    ) {
        self.id = id
        self.user = user
        self.name = name
        self.scopes = scopes
        self.createdAt = createdAt
        self.expiresAt = expiresAt
    }

    /// Between two writes of `lastUsedAt`: a busy program must not cost a write per request.
    package static let useInterval = Duration.seconds(300)

    package func isLive(at now: Timestamp) -> Bool { revokedAt == nil && now < expiresAt }

    /// Whether a use at `now` is to be written down.
    package func isUseWorthNoting(at now: Timestamp) -> Bool {
        guard let lastUsedAt else { return true }
        return now >= lastUsedAt + Self.useInterval
    }

    // MARK: Its text

    /// Tells it from an access token, which has dots, and from a visitor's token, which is shorter. Scanners for
    /// leaked secrets can look for it.
    private static let prefix = "tch_"

    /// - Parameter secret: 256 random bits, base64url.
    package static func text(secret: String) -> String { prefix + secret }

    package static func isText(_ bearer: String) -> Bool { bearer.utf8.count == 47 && bearer.hasPrefix(prefix) }
}

extension APIToken: Auditable {
    package var subject: AuditSubject { AuditSubject(kind: "token", id: id.text) }

    package var document: [String: JSONValue] {
        [
            "id": .string(id.text),
            "user": .string(user.text),
            "name": .string(name),
            "scopes": .array(scopes.map(\.rawValue).sorted().map(JSONValue.string)),
            "created_at": .string(createdAt.rfc3339),
            "expires_at": .string(expiresAt.rfc3339),
            "last_used_at": .optional(lastUsedAt),
            "revoked_at": .optional(revokedAt),
        ]
    }
}
