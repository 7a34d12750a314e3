import Domain

/// API tokens as the API describes and reads them.
enum TokenDescription {
    static let resource = ResourceSchema("Token", fields)

    /// What making one answers, once.
    static let made = ResourceSchema(
        "NewToken",
        fields + [.readOnly("token", .text(.key(64)), "The token itself. It is never shown again: keep it safe.")]
    )

    private static let fields: [ResourceSchema.Field] = [
        .readOnly("id", .id(APITokenID.self)),
        .readOnly("user", .id(UserID.self), "Whose rights bound it."),
        .fixed("name", .line(100), "What it is for."),
        .fixed(
            "scopes", .list(.choice(Right.self), count: 1...Right.allCases.count),
            "What it may do: rights that its maker has. One that its user loses does nothing any more."),
        .init(
            name: "expires_at", schema: .moment, use: .optional,
            note: "Its end; the latest allowed when not given."),
        .readOnly("created_at", .moment),
        .readOnlyNullable("last_used_at", .moment, "To within five minutes."),
        .readOnlyNullable("revoked_at", .moment),
    ]

    static let filters: [Endpoint.Parameter] = [
        .init(name: "user", schema: .id(UserID.self), note: "Administrators only; others see their own."),
        .init(name: "live", schema: .boolean, note: "Whether it is neither expired nor revoked."),
    ]

    /// Throws `forbidden` for a scope that the caller lacks, and `invalid`.
    static func token(_ call: Call, _ limits: APITokenLimits) throws(HubError) -> APIToken {
        let body = call.body
        let scopes = Set((try body.texts("scopes") ?? []).compactMap(Right.init))
        let missing = scopes.subtracting(call.caller.rights).map(\.rawValue).sorted()
        guard missing.isEmpty else {
            throw .forbidden("you cannot give what you do not have: \(missing.joined(separator: ", "))")
        }
        return APIToken(
            id: .make(at: call.at),
            user: call.caller.user.id,
            name: try body.text("name") ?? "",
            scopes: scopes,
            createdAt: call.at,
            expiresAt: try limits.expiry(asked: try body.moment("expires_at"), at: call.at)
        )
    }
}
