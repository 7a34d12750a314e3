import Actors
import Domain
import Hummingbird
import Wire

/// Signing in and out (fields as in RFC 6749 section 5.1), and who the staff are.
struct AuthRoutes: EndpointGroup {
    let login: LoginService
    let users: any UserStore
    let settings: RestSettings

    let title = "Signing in"

    var endpoints: [Endpoint] {
        [
            Endpoint(
                method: .post, path: "/auth/login", id: "signIn", summary: "Sign in with an address and a password.",
                access: .open(signIn), body: .json(AuthDescription.credentials), isStrict: false,
                answers: AuthDescription.signedIn),
            Endpoint(
                method: .post, path: "/auth/refresh", id: "refreshSession",
                summary: "Get new tokens; using a refresh token twice ends the session.",
                access: .open(refresh), body: .json(AuthDescription.refreshToken), isStrict: false,
                answers: AuthDescription.signedIn),
            Endpoint(
                method: .post, path: "/auth/logout", id: "signOut", summary: "End a session.",
                access: .open(signOut), body: .json(AuthDescription.refreshToken), isStrict: false,
                answers: [.init(status: .noContent, note: "It is over.")]),
            Endpoint(
                method: .get, path: "/auth/me", id: "getMe", summary: "Who the caller is.",
                access: .staff(nil, me), isStrict: false,
                answers: [.init(status: .ok, note: "You.", content: .json(AuthDescription.me))]),
            Endpoint(
                method: .get, path: "/staff", id: "listStaff", summary: "Who can be assigned or written to.",
                access: .staff(.chat, staff), isStrict: false,
                answers: [.init(status: .ok, note: "All who may sign in.", content: .json(AuthDescription.staff))]),
        ]
    }

    private func signIn(_ visit: Visit) async throws -> Response {
        let body = try await visit.request.jsonObject(maxBytes: settings.maxBodyBytes)
        let tokens = try await login.login(
            email: try body.string("email"),
            password: try body.string("password"),
            from: visit.origin
        )
        return answer(tokens)
    }

    private func refresh(_ visit: Visit) async throws -> Response {
        let body = try await visit.request.jsonObject(maxBytes: settings.maxBodyBytes)
        return answer(try await login.refresh(try body.string("refresh_token"), from: visit.origin))
    }

    private func signOut(_ visit: Visit) async throws -> Response {
        let body = try await visit.request.jsonObject(maxBytes: settings.maxBodyBytes)
        try await login.logout(try body.string("refresh_token"), from: visit.origin)
        return Response(status: .noContent)
    }

    private func me(_ call: Call) async throws -> Response {
        let user = call.caller.user
        let document: [String: JSONValue] = [
            "id": .string(user.id.text),
            "name": .string(user.name),
            "email": .string(user.email),
            "role": .string(user.role.rawValue),
            "rights": .array(call.caller.rights.map(\.rawValue).sorted().map(JSONValue.string)),
        ]
        return .json { $0.value(.object(document)) }
    }

    private func staff(_ call: Call) async throws -> Response {
        let active = try await users.users().filter { !$0.isDisabled }
        return .json { writer in
            writer.beginObject()
            writer.key("staff")
            writer.beginArray()
            for user in active { UserEncoder.writeColleague(user, into: &writer) }
            writer.endArray()
            writer.endObject()
        }
    }

    private func answer(_ tokens: LoginTokens) -> Response {
        .json { writer in
            writer.beginObject()
            writer.key("access_token")
            writer.string(tokens.accessToken)
            writer.key("refresh_token")
            writer.string(tokens.refreshToken)
            writer.key("token_type")
            writer.string("Bearer")
            writer.key("expires_in")
            writer.integer(tokens.expiresIn.milliseconds / 1000)
            writer.key("user")
            UserEncoder.write(tokens.user, into: &writer)
            writer.endObject()
        }
    }
}
