import Actors
import Domain
import HTTPTypes
import Hummingbird
import Wire

/// Signing in and out (fields as in RFC 6749 section 5.1), and who the staff are.
struct AuthRoutes: Sendable {
    let login: LoginService
    let bearer: BearerAuthentication
    let users: any UserStore
    let settings: RestSettings

    func add(to router: Router<RestContext>) {
        let auth = router.group("/api/v1/auth")
        auth.post("login") { request, context in
            let body = try await request.jsonObject(maxBytes: settings.maxBodyBytes)
            let tokens = try await login.login(
                email: try body.string("email"),
                password: try body.string("password"),
                address: address(of: request, context)
            )
            return answer(tokens)
        }
        auth.post("refresh") { request, _ in
            let body = try await request.jsonObject(maxBytes: settings.maxBodyBytes)
            return answer(try await login.refresh(try body.string("refresh_token")))
        }
        auth.post("logout") { request, _ in
            let body = try await request.jsonObject(maxBytes: settings.maxBodyBytes)
            try await login.logout(try body.string("refresh_token"))
            return Response(status: .noContent)
        }
        auth.get("me") { request, _ in
            let user = try await bearer.staff(of: request)
            return Response.json { UserEncoder.write(user, into: &$0) }
        }
        router.get("/api/v1/staff") { request, _ in
            _ = try await bearer.staff(of: request)
            let active = try await users.users().filter { !$0.isDisabled }
            return Response.json { writer in
                writer.beginObject()
                writer.key("staff")
                writer.beginArray()
                for user in active { UserEncoder.writeColleague(user, into: &writer) }
                writer.endArray()
                writer.endObject()
            }
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

    private func address(of request: Request, _ context: RestContext) -> NetworkAddress? {
        NetworkAddress(context.peer).map {
            settings.trustedProxies.client(peer: $0, forwardedFor: request.headers[values: .forwardedFor])
        }
    }
}
