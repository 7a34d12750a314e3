import Actors
import Domain
import Hummingbird

/// Choosing a password by a link, and changing one's own.
struct PasswordRoutes: EndpointGroup {
    let passwords: PasswordService
    let bearer: BearerAuthentication

    let title = "Passwords"

    var endpoints: [Endpoint] {
        [
            redeeming(
                .invitation, "/auth/invitations/accept", "acceptInvitation",
                "Choose the first password of an account that was invited."),
            redeeming(
                .reset, "/auth/password/reset", "resetPassword",
                "Choose a new password by a link. Every sign-in of the account ends."),
            Endpoint(
                method: .post, path: "/auth/password", id: "changePassword",
                summary: "Change one's own password after signing in. One's other sign-ins end.",
                access: .staff(nil, change), body: .json(Self.change),
                answers: [.init(status: .noContent, note: "It is changed.")]),
        ]
    }

    private func redeeming(
        _ purpose: AccountLink.Purpose,
        _ path: String,
        _ id: String,
        _ summary: String
    ) -> Endpoint {
        Endpoint(
            method: .post, path: path, id: id, summary: summary,
            access: .open { visit in
                try await passwords.redeem(
                    try visit.body.text("token") ?? "",
                    for: purpose,
                    password: try visit.body.text("password") ?? "",
                    from: visit.origin
                )
                return Response(status: .noContent)
            },
            body: .json(Self.redemption),
            answers: [
                .init(status: .noContent, note: "It is set: sign in with it."),
                .problem(.unauthorized, "The link was used, replaced or has expired."),
            ]
        )
    }

    private func change(_ call: Call) async throws -> Response {
        let (user, family) = try await bearer.signIn(of: call.request)
        try await passwords.change(
            of: user,
            in: family,
            from: try call.body.text("old_password") ?? "",
            to: try call.body.text("new_password") ?? "",
            call.visit.origin
        )
        return Response(status: .noContent)
    }

    private static let password = Schema.text(TextRule(.prose, PasswordRule.minCharacters...1024))

    private static let redemption = Schema.object(
        ObjectSchema(
            name: "PasswordByLink",
            members: [
                .required("token", .line(200), "What stands behind `=` in the link."), .required("password", password),
            ]
        ))

    private static let change = Schema.object(
        ObjectSchema(
            name: "PasswordChange",
            members: [
                .required("old_password", .text(TextRule(.prose, 1...1024))), .required("new_password", password),
            ]
        ))
}
