import Domain

/// Endpoints and their secrets as their tables store them.
enum HookEndpointRow {
    /// Of the table named `h`.
    static let columns = """
        h.id, h.version, h.url, h.description, h.types, h.off_because, h.since_ms, h.failing_ms, h.old_secret_ms, \
        h.created_ms, h.changed_ms
        """

    static func read(_ row: SQLRow) throws(HubError) -> HookEndpoint {
        var row = row.reader
        let id = try row.text(HookEndpointID.init)
        let version = try row.integer()
        let url = try row.text(OutboundURL.init)
        let description = try row.optionalText()
        let types = try row.texts().compactMap(HookEventType.init)
        let off = try row.optionalText(HookEndpoint.Off.init)
        let since = try row.moment()
        let failingSince = try row.optionalMoment()
        let oldSecretUntil = try row.optionalMoment()
        var endpoint = HookEndpoint(
            stored: id, url: url, off: off, since: since, failingSince: failingSince, createdAt: try row.moment())
        endpoint.version = version
        endpoint.description = description
        endpoint.types = Set(types)
        endpoint.oldSecretUntil = oldSecretUntil
        endpoint.changedAt = try row.moment()
        return endpoint
    }

    static func insert(_ endpoint: HookEndpoint) -> SQLStatement {
        SQLStatement(insert, values(endpoint))
    }

    static func update(_ endpoint: HookEndpoint) -> SQLStatement {
        SQLStatement(update, values(endpoint))
    }

    private static func values(_ endpoint: HookEndpoint) -> [SQLValue] {
        [
            .id(endpoint.id), .integer(endpoint.version), .text(endpoint.url.text), .optional(endpoint.description),
            .texts(endpoint.types.map(\.rawValue).sorted()), .optional(endpoint.off?.rawValue),
            .moment(endpoint.since), .optional(endpoint.failingSince), .optional(endpoint.oldSecretUntil),
            .moment(endpoint.createdAt), .moment(endpoint.changedAt),
        ]
    }

    private static let insert: SQLText = """
        INSERT INTO hook_endpoints (
            id, version, url, description, types, off_because, since_ms, failing_ms, old_secret_ms, created_ms,
            changed_ms
        ) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        """

    private static let update: SQLText = """
        UPDATE hook_endpoints SET version = $2, url = $3, description = $4, types = $5, off_because = $6,
            since_ms = $7, failing_ms = $8, old_secret_ms = $9, created_ms = $10, changed_ms = $11
        WHERE id = $1
        """

    // MARK: Secrets

    static func insert(_ secret: KeptHookSecret, of endpoint: HookEndpointID) -> SQLStatement {
        SQLStatement(
            "INSERT INTO hook_secrets (id, endpoint_id, sealed) VALUES ($1, $2, $3)",
            [.id(secret.id), .id(endpoint), .text(secret.sealed.text)])
    }

    static func readSecret(_ row: SQLRow) throws(HubError) -> KeptHookSecret {
        var row = row.reader
        return KeptHookSecret(id: try row.text(HookSecretID.init), sealed: try row.text(SealedSecret.init))
    }
}
