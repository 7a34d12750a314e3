import Domain
import Hummingbird

/// Keys for programs: one makes, lists and revokes one's own, administrators list and revoke all.
struct TokenRoutes: EndpointGroup {
    let tokens: any APITokenStore
    let secrets: any SecretTokens
    let limits: APITokenLimits

    private static let path = "/tokens"
    private static let onePath = "/tokens/{token}"
    private static let resource = TokenDescription.resource

    let title = "API tokens"

    var endpoints: [Endpoint] {
        [
            .list(
                Self.path, "listTokens", "API tokens, a page at a time.", of: Self.resource, right: .tokensManage,
                sorts: APITokenSort.self, filters: TokenDescription.filters, isSearchable: false, run: list),
            Endpoint(
                method: .post,
                path: Self.path,
                id: "createToken",
                summary: "Make an API token. Only after a sign-in: a token makes no other.",
                right: .tokensManage,
                body: .json(Self.resource.creation),
                answers: [
                    .init(
                        status: .created, note: "It was made. The only answer that holds the token.",
                        content: .json(TokenDescription.made.document), hasLocation: true),
                    .conflict,
                ],
                run: make
            ),
            Endpoint(
                method: .get,
                path: Self.onePath,
                id: "getToken",
                summary: "One API token.",
                right: .tokensManage,
                answers: [.init(status: .ok, note: "As it is now.", content: .json(Self.resource.document))],
                run: read
            ),
            Endpoint(
                method: .delete,
                path: Self.onePath,
                id: "revokeToken",
                summary: "End an API token at once. It stays in the list.",
                right: .tokensManage,
                answers: [.init(status: .noContent, note: "It is revoked.")],
                run: revoke
            ),
        ]
    }

    private func list(_ call: Call) async throws -> Response {
        var filter = APITokenFilter(at: call.at)
        filter.user = try call.query.id("user") ?? call.ownership
        filter.isLive = try call.query.bool("live")
        if let own = call.ownership, filter.user != own {
            throw HubError.forbidden("you see your own tokens only")
        }
        let request: ListRequest<APITokenSort, _> = try ListParameters.request(call.query, filter: filter)
        return .page(try await tokens.tokens(request), of: request)
    }

    private func make(_ call: Call) async throws -> Response {
        // Otherwise a token that leaked could outlive its own revocation.
        guard call.caller.token == nil else {
            throw HubError.forbidden("an API token makes no other: sign in")
        }
        let token = try TokenDescription.token(call, limits)
        let text = APIToken.text(secret: secrets.make())
        try await tokens.add(token, hash: secrets.digest(text), max: limits.maxPerUser, call.writing())
        var document = token.document
        document["token"] = .string(text)
        var response = Response.json(.created) { $0.value(.object(document)) }
        response.headers[.location] = "\(Endpoint.base)\(Self.path)/\(token.id)"
        return response
    }

    private func read(_ call: Call) async throws -> Response {
        guard let token = try await tokens.token(call.id("token")),
            call.ownership == nil || call.ownership == token.user
        else { throw HubError.notFound("there is no such token") }
        return .json { $0.value(.object(token.document)) }
    }

    private func revoke(_ call: Call) async throws -> Response {
        try await tokens.revoke(call.id("token"), owner: call.ownership, call.writing())
        return Response(status: .noContent)
    }
}

extension Call {
    /// Whose tokens the caller may see: nil for everybody's.
    fileprivate var ownership: UserID? {
        caller.rights.contains(.usersManage) ? nil : caller.user.id
    }
}
