import Actors
import Domain
import HTTPTypes
import Hummingbird

/// What stands before every endpoint: who calls, how often, with what right, and whether the request has the shape
/// that the endpoint describes.
struct EndpointDoor: Sendable {
    /// Who sent a request; throws `unauthorized`.
    let requester: @Sendable (Request) async throws -> Requester
    let audit: any AuditLog
    let limiter: RateLimiter
    let settings: RestSettings
    let now: @Sendable () -> Timestamp

    func add(_ endpoint: Endpoint, to router: Router<RestContext>) {
        router.on(RouterPath(endpoint.address), method: endpoint.method) { request, context in
            try await answer(endpoint, request, context)
        }
    }

    private func answer(_ endpoint: Endpoint, _ request: Request, _ context: RestContext) async throws -> Response {
        let moment = now()
        var rate: RateLimiter.Decision?
        var response: Response
        do {
            let knock = Knock(
                request: request,
                context: context,
                address: settings.trustedProxies.client(of: request, context),
                at: moment
            )
            let requester = try await requester(endpoint, request)
            if endpoint.isCounted {
                rate = limiter.take(requester?.key ?? knock.key, at: moment)
                try rate?.pass()
            }
            response = try await run(endpoint, knock, requester)
        } catch {
            guard let problem = Problem(catching: error) else { throw error }
            response = problem.response(from: request, context: context)
            if case .stream = endpoint.body {
                // What is still being sent is read and dropped, but not for ever.
                context.makeLast(&response, lingering: settings.refusalLinger)
            }
        }
        if let rate { tell(rate, in: &response.headers) }
        return response
    }

    /// A request that was not let in yet.
    private struct Knock {
        let request: Request
        let context: RestContext
        let address: NetworkAddress?
        let at: Timestamp

        /// Whose requests these are, as long as nothing else is known.
        var key: String { "address \(address?.network.description ?? "unknown")" }

        func visit(_ query: Members = Members(), _ body: Members = Members()) -> Visit {
            Visit(request: request, context: context, address: address, query: query, body: body, at: at)
        }
    }

    private func requester(_ endpoint: Endpoint, _ request: Request) async throws -> Requester? {
        switch endpoint.access {
        case .open: nil
        case .signedIn, .staff: try await requester(request)
        }
    }

    private func run(_ endpoint: Endpoint, _ knock: Knock, _ requester: Requester?) async throws -> Response {
        switch (endpoint.access, requester) {
        case (.open(let run), _):
            return try await run(try await read(knock, endpoint).visit)
        case (.signedIn(_, let run), .visitor(let visitor)):
            let actor = AuditActor(
                visitor, address: knock.address?.description, requestID: knock.context.requestID)
            let visit = try await signed(knock, endpoint, actor, owner: visitor.id.text)
            return try await run(visit, .visitor(visitor))
        case (.signedIn(let right, let run), .staff(let caller)):
            let actor = try await admit(caller, right, endpoint, knock)
            return try await run(try await signed(knock, endpoint, actor, owner: caller.key), .staff(caller.user))
        case (.staff(let right, let run), .staff(let caller)):
            let actor = try await admit(caller, right, endpoint, knock)
            let (visit, repetition) = try await read(knock, endpoint)
            return try await run(Call(visit: visit, caller: caller, actor: actor, repetition: repetition))
        case (.staff, .visitor):
            throw HubError.forbidden("this is for staff")
        case (.signedIn, nil), (.staff, nil):
            throw HubError.unauthorized("send Authorization: Bearer and your token")
        }
    }

    private func signed(
        _ knock: Knock,
        _ endpoint: Endpoint,
        _ actor: AuditActor,
        owner: String
    ) async throws -> Visit {
        var (visit, repetition) = try await read(knock, endpoint)
        visit.signature = Visit.Signature(actor: actor, owner: owner, repetition: repetition)
        return visit
    }

    /// Who this will have been in the audit log. Throws `forbidden`, which is written down there.
    private func admit(
        _ caller: Caller,
        _ right: Right?,
        _ endpoint: Endpoint,
        _ knock: Knock
    ) async throws -> AuditActor {
        let actor = AuditActor(caller, address: knock.address?.description, requestID: knock.context.requestID)
        if let right, !caller.rights.contains(right) {
            let refused = AuditEvent("access.refused", AuditSubject(kind: "endpoint", id: endpoint.id))
            try await audit.record([refused], by: actor, at: knock.at)
            throw HubError.forbidden("this needs the right \(right.rawValue), which you do not have")
        }
        return actor
    }

    // MARK: Reading

    private func read(
        _ knock: Knock,
        _ endpoint: Endpoint
    ) async throws -> (visit: Visit, repetition: Call.Repetition?) {
        guard endpoint.isStrict else { return (knock.visit(), nil) }
        let request = knock.request
        let query = try QueryReader.members(of: request, endpoint.query)
        let key = try repetitionKey(of: request, endpoint)
        var body = Members()
        var fingerprint = ContentHash.text(of: "\(request.method) \(request.uri)\n".utf8)
        if case .json(let schema) = endpoint.body {
            let (members, hash) = try await self.body(of: request, schema, endpoint)
            body = members
            fingerprint += hash
        }
        return (knock.visit(query, body), key.map { Call.Repetition(key: $0, fingerprint: fingerprint) })
    }

    private func body(
        of request: Request,
        _ schema: Schema,
        _ endpoint: Endpoint
    ) async throws -> (Members, hash: String) {
        let types =
            endpoint.method == .patch ? ["application/json", "application/merge-patch+json"] : ["application/json"]
        let (value, bytes) = try await request.json(of: types, maxBytes: settings.maxBodyBytes)
        let problems = schema.problems(with: value)
        guard problems.isEmpty else { throw HubError.invalid(problems) }
        return (Members(value.object ?? [:]), ContentHash.text(of: bytes))
    }

    static let key = TextRule(.visible, 1...255)

    /// Throws `bad_request` for a key that is none, and where none is heeded, because its sender relies on it.
    private func repetitionKey(of request: Request, _ endpoint: Endpoint) throws(HubError) -> String? {
        // Reading is always repeatable.
        guard endpoint.method != .get, let key = request.headers[.idempotencyKey] else { return nil }
        guard endpoint.isOnce else {
            throw .badRequest("this address takes no Idempotency-Key: send the request without it")
        }
        if let problem = Self.key.problem(with: key, at: "Idempotency-Key") {
            throw .badRequest("Idempotency-Key \(problem.detail)")
        }
        return key
    }

    /// As the draft "RateLimit header fields for HTTP" has them now, and in its older form that clients know.
    private func tell(_ rate: RateLimiter.Decision, in headers: inout HTTPFields) {
        let reset = (rate.reset.milliseconds + 999) / 1000
        headers[.rateLimitPolicy] = limiter.policyText
        headers[.rateLimit] = "\"caller\";r=\(rate.remaining);t=\(reset)"
        headers[.rateLimitLimit] = limiter.limitText
        headers[.rateLimitRemaining] = String(rate.remaining)
        headers[.rateLimitReset] = String(reset)
    }
}
