import Actors
import Domain
import Hummingbird

/// Accounts of staff. They are never removed, because what they did goes on naming them: disable them.
struct UserRoutes: EndpointGroup {
    let accounts: any AccountStore
    let service: AccountService

    private static let path = "/users"
    private static let onePath = "/users/{user}"
    private static let resource = UserDescription.resource

    let title = "Users"

    var endpoints: [Endpoint] {
        [
            .list(
                Self.path, "listUsers", "Members of staff, a page at a time.", of: Self.resource, right: .usersRead,
                sorts: AccountSort.self, filters: UserDescription.filters, run: list),
            issuing(
                Self.path, "inviteUser", "Make an account, and a link by which its holder chooses a password.",
                body: .json(UserDescription.invitation.creation), run: invite),
            .read(Self.onePath, "getUser", "One member of staff.", of: Self.resource, right: .usersRead, run: read),
            .change(
                Self.onePath, "changeUser", "Change an account. Another role ends its sessions, as disabling does.",
                of: Self.resource, right: .usersManage, run: change),
            issuing(
                "\(Self.onePath)/invitation", "renewInvitation",
                "Make a new link for somebody who has not chosen a password. The old link ends.",
                run: { try await issue(.invitation, $0) }),
            issuing(
                "\(Self.onePath)/password-reset", "makePasswordReset",
                "Make a link by which somebody chooses a new password. An older link ends.",
                run: { try await issue(.reset, $0) }),
        ]
    }

    private func issuing(
        _ path: String,
        _ id: String,
        _ summary: String,
        body: Endpoint.Body = .none,
        run: @escaping @Sendable (Call) async throws -> Response
    ) -> Endpoint {
        Endpoint(
            method: .post,
            path: path,
            id: id,
            summary: summary,
            right: .usersManage,
            body: body,
            answers: [
                .init(
                    status: .created, note: "The only answer that holds the link.",
                    content: .json(UserDescription.issued), hasLocation: true),
                .conflict,
            ],
            run: run
        )
    }

    private func list(_ call: Call) async throws -> Response {
        let request: ListRequest<AccountSort, _> = try ListParameters.request(
            call.query, filter: UserDescription.filter(call.query))
        return .page(try await accounts.accounts(request), of: request)
    }

    private func read(_ call: Call) async throws -> Response {
        guard let account = try await accounts.account(call.id("user")) else {
            throw HubError.notFound("there is no such user")
        }
        return call.answer(account)
    }

    private func invite(_ call: Call) async throws -> Response {
        var account = Account(
            id: .make(at: call.at), email: try call.body.text("email") ?? "", isInvited: true, at: call.at)
        try UserDescription.merge(call.body, into: &account)
        return Self.answer(try await service.invite(account, call.writing()))
    }

    private func change(_ call: Call) async throws -> Response {
        let account = try await service.change(
            call.id("user"), expected: call.expectedVersion, by: call.caller.user.id, call.writing()
        ) { account in
            try UserDescription.merge(call.body, into: &account)
        }
        return call.answer(account)
    }

    private func issue(_ purpose: AccountLink.Purpose, _ call: Call) async throws -> Response {
        Self.answer(try await service.issue(purpose, for: call.id("user"), call.writing()))
    }

    private static func answer(_ issued: IssuedLink) -> Response {
        let document: [String: JSONValue] = [
            "user": .object(issued.account.document),
            "link": .string(issued.address),
            "expires_at": .string(issued.expiresAt.rfc3339),
        ]
        var response = Response.json(.created) { $0.value(.object(document)) }
        response.headers[.location] = "\(Endpoint.base)\(path)/\(issued.account.id)"
        return response
    }
}

extension Account: VersionedDocument {}
