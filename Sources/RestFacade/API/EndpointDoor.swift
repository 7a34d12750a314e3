import Actors
import Domain
import HTTPTypes
import Hummingbird

/// What stands before every endpoint: who calls, how often, with what right, and whether the request has the shape
/// that the endpoint describes.
struct EndpointDoor: Sendable {
    let bearer: BearerAuthentication
    let audit: any AuditLog
    let limiter: RateLimiter
    let settings: RestSettings
    let now: @Sendable () -> Timestamp

    func add(_ endpoint: Endpoint, to router: Router<RestContext>) {
        router.on(RouterPath(Endpoint.base + endpoint.path), method: endpoint.method) { request, context in
            try await answer(endpoint, request, context)
        }
    }

    private func answer(_ endpoint: Endpoint, _ request: Request, _ context: RestContext) async throws -> Response {
        let moment = now()
        let caller = try await bearer.caller(of: request)
        let rate = limiter.take(caller.key, at: moment)
        var response: Response
        do {
            response = try await endpoint.run(call(endpoint, request, context, caller, rate, moment))
        } catch let error as HubError {
            response = Problem(error).response(from: request, context: context)
        } catch let problem as Problem {
            response = problem.response(from: request, context: context)
        }
        tell(rate, in: &response.headers)
        return response
    }

    private func call(
        _ endpoint: Endpoint,
        _ request: Request,
        _ context: RestContext,
        _ caller: Caller,
        _ rate: RateLimiter.Decision,
        _ moment: Timestamp
    ) async throws -> Call {
        if let wait = rate.retryAfter {
            throw HubError(.rateLimited, "too many requests: wait and send it again", retryAfter: wait)
        }
        let actor = AuditActor(
            caller, address: address(of: request, context)?.description, requestID: context.requestID)
        guard caller.rights.contains(endpoint.right) else {
            let refused = AuditEvent("access.refused", AuditSubject(kind: "endpoint", id: endpoint.id))
            try await audit.record([refused], by: actor, at: moment)
            throw HubError.forbidden("this needs the right \(endpoint.right.rawValue), which you do not have")
        }
        let query = try QueryReader.members(of: request, endpoint.query)
        var body = Members()
        var repetition: Call.Repetition?
        if case .json(let schema) = endpoint.body {
            let (members, fingerprint) = try await read(request, schema, endpoint)
            body = members
            repetition = try repetitionKey(of: request, endpoint).map {
                Call.Repetition(key: $0, fingerprint: fingerprint)
            }
        }
        return Call(
            request: request,
            context: context,
            caller: caller,
            actor: actor,
            query: query,
            body: body,
            at: moment,
            repetition: repetition
        )
    }

    private func read(
        _ request: Request,
        _ schema: Schema,
        _ endpoint: Endpoint
    ) async throws -> (Members, fingerprint: String) {
        let types =
            endpoint.method == .patch ? ["application/json", "application/merge-patch+json"] : ["application/json"]
        let (value, bytes) = try await request.json(of: types, maxBytes: settings.maxBodyBytes)
        let problems = schema.problems(with: value)
        guard problems.isEmpty else { throw HubError.invalid(problems) }
        let fingerprint = ContentHash.text(of: "\(request.method) \(request.uri)\n".utf8) + ContentHash.text(of: bytes)
        return (Members(value.object ?? [:]), fingerprint)
    }

    /// Throws `bad_request` for a key that is none, and where none is heeded, because its sender relies on it.
    private func repetitionKey(of request: Request, _ endpoint: Endpoint) throws(HubError) -> String? {
        guard let key = request.headers[.idempotencyKey] else { return nil }
        guard endpoint.isOnce else {
            throw .badRequest("this address takes no Idempotency-Key: send the request without it")
        }
        guard (1...255).contains(key.utf8.count), key.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw .badRequest("Idempotency-Key must be 1 to 255 visible ASCII characters")
        }
        return key
    }

    private func address(of request: Request, _ context: RestContext) -> NetworkAddress? {
        NetworkAddress(context.peer).map {
            settings.trustedProxies.client(peer: $0, forwardedFor: request.headers[values: .forwardedFor])
        }
    }

    /// As the draft "RateLimit header fields for HTTP" has them now, and in its older form that clients know.
    private func tell(_ rate: RateLimiter.Decision, in headers: inout HTTPFields) {
        let reset = (rate.reset.milliseconds + 999) / 1000
        headers[.rateLimitPolicy] = "\"caller\";q=\(limiter.limit);w=\(limiter.window.milliseconds / 1000)"
        headers[.rateLimit] = "\"caller\";r=\(rate.remaining);t=\(reset)"
        headers[.rateLimitLimit] = String(limiter.limit)
        headers[.rateLimitRemaining] = String(rate.remaining)
        headers[.rateLimitReset] = String(reset)
    }
}
