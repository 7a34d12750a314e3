import Domain
import HTTPTypes

/// What signing in takes and gives.
enum AuthDescription {
    static let credentials = Schema.object(
        ObjectSchema(
            name: "Credentials",
            members: [
                .required("email", .anyText),
                .required("password", .anyText),
            ],
            isOpen: true
        ))

    static let refreshToken = Schema.object(
        ObjectSchema(
            name: "RefreshToken", members: [.required("refresh_token", .anyText)],
            isOpen: true))

    static let user = Schema.object(ObjectSchema(name: "SignedIn", members: ownMembers))

    /// Pages show their holder what these rights allow, and nothing else.
    static let me = Schema.object(
        ObjectSchema(
            name: "Me",
            members: ownMembers + [
                .required(
                    "rights", .list(.choice(Right.self), count: 0...Right.allCases.count),
                    "What the caller may do: those of the role, with an API token only its scopes.")
            ]
        ))

    static let staff = Schema.object(
        ObjectSchema(
            name: "Staff",
            members: [
                .required(
                    "staff",
                    .list(
                        .object(ObjectSchema(name: "Colleague", members: colleagueMembers)), count: 0...Int(Int32.max)))
            ]
        ))

    static let signedIn: [Endpoint.Answer] = [
        .init(
            status: .ok,
            note: "Tokens: `access_token` is what `Authorization: Bearer` takes.",
            content: .json(
                .object(
                    ObjectSchema(
                        name: "Tokens",
                        members: [
                            .required("access_token", .line(4000)),
                            .required("refresh_token", .line(1000), "Good once."),
                            .required("token_type", .choice(["Bearer"])),
                            .required("expires_in", .count, "Seconds that the access token lives."),
                            .required("user", user),
                        ]
                    )))
        ),
        .problem(.unauthorized, "The hub knows nobody by that."),
    ]

    private static let ownMembers: [ObjectSchema.Member] =
        colleagueMembers + [
            .required("email", .line(400)),
            .optional("avatar", .line(2000)),
        ]

    private static let colleagueMembers: [ObjectSchema.Member] = [
        .required("id", .id(UserID.self)),
        .required("name", .line(400)),
        .required("role", .choice(User.Role.self)),
    ]
}
