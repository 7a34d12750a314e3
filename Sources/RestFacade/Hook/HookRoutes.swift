import Actors
import Domain
import HTTPTypes
import Hummingbird

/// Systems of the shop that are told what happens. The answers that hold a secret are never kept, so these addresses
/// take no Idempotency-Key.
struct HookRoutes: EndpointGroup {
    let desk: HookDesk

    private static let path = "/webhook-endpoints"
    private static let onePath = "/webhook-endpoints/{endpoint}"
    private static let resource = HookDescription.endpoint

    let title = "Outgoing webhooks"

    var endpoints: [Endpoint] {
        [
            .list(
                Self.path, "listWebhookEndpoints", "Endpoints of your own systems, a page at a time.",
                of: Self.resource, right: .settingsWrite, sorts: HookEndpointSort.self, isSearchable: false, run: list),
            Endpoint(
                method: .post,
                path: Self.path,
                id: "createWebhookEndpoint",
                summary: "Have events delivered to a system of yours.",
                right: .settingsWrite,
                body: .json(Self.resource.creation),
                answers: [
                    .init(
                        status: .created, note: "It was made. The only answer that holds its secret.",
                        content: .json(HookDescription.withSecret.document), hasVersion: true, hasLocation: true),
                    .conflict,
                ],
                run: make
            ),
            .read(
                Self.onePath, "getWebhookEndpoint", "One endpoint.", of: Self.resource, right: .settingsWrite,
                run: read),
            .change(
                Self.onePath, "changeWebhookEndpoint", "Change an endpoint.", of: Self.resource,
                right: .settingsWrite, run: change),
            .remove(
                Self.onePath, "removeWebhookEndpoint", "Remove an endpoint; what waits for it is not sent.",
                right: .settingsWrite, run: remove),
        ] + actions
    }

    private var actions: [Endpoint] {
        [
            Endpoint(
                method: .post,
                path: "\(Self.onePath)/rotate-secret",
                id: "rotateWebhookSecret",
                summary: "Sign with a new secret; the old one signs beside it for a while.",
                right: .settingsWrite,
                body: .json(HookDescription.rotation),
                isConditional: true,
                answers: [
                    .init(
                        status: .ok, note: "The only answer that holds the new secret.",
                        content: .json(HookDescription.withSecret.document), hasVersion: true)
                ],
                run: rotate
            ),
            Endpoint(
                method: .post,
                path: "\(Self.onePath)/test",
                id: "testWebhookEndpoint",
                summary: "Deliver a `ping`, also while the endpoint is turned off.",
                right: .settingsWrite,
                answers: [
                    .init(
                        status: .accepted, note: "It is owed; ask for the delivery to see what became of it.",
                        content: .json(HookDescription.delivery.document))
                ],
                run: ping
            ),
            Endpoint(
                method: .post,
                path: "\(Self.onePath)/replay",
                id: "replayWebhookEndpoint",
                summary: "Deliver again all that failed or was cancelled since a time, "
                    + "\(HookDesk.maxReplays) deliveries at most, the oldest first.",
                right: .settingsWrite,
                body: .json(HookDescription.replay),
                answers: [
                    .init(status: .accepted, note: "They are owed.", content: .json(HookDescription.replayed)),
                    .conflict,
                ],
                run: replay
            ),
        ]
    }

    private func list(_ call: Call) async throws -> Response {
        let request: ListRequest<HookEndpointSort, _> = try ListParameters.request(
            call.query, filter: HookEndpointFilter())
        return .page(try await desk.store.endpoints(request), of: request)
    }

    private func make(_ call: Call) async throws -> Response {
        var endpoint = HookEndpoint(
            id: .make(at: call.at), url: try desk.url(call.body.text("url") ?? ""), at: call.at)
        try HookDescription.merge(call.body, into: &endpoint, desk, at: call.at)
        let (made, secret) = try await desk.add(endpoint, call.writing())
        var response = answer(.created, made, secret)
        response.headers[.location] = "\(Endpoint.base)\(Self.path)/\(made.id)"
        return response
    }

    private func read(_ call: Call) async throws -> Response {
        guard let endpoint = try await desk.store.endpoint(call.id("endpoint")) else {
            throw HubError.notFound("there is no such endpoint")
        }
        return call.answer(endpoint)
    }

    private func change(_ call: Call) async throws -> Response {
        let desk = desk
        return call.answer(
            try await desk.store.change(
                call.id("endpoint"), expected: call.expectedVersion, call.writing()
            ) { endpoint in
                try HookDescription.merge(call.body, into: &endpoint, desk, at: call.at)
            })
    }

    private func remove(_ call: Call) async throws -> Response {
        try await desk.store.remove(call.id("endpoint"), expected: call.expectedVersion, call.writing())
        return Response(status: .noContent)
    }

    private func rotate(_ call: Call) async throws -> Response {
        let (endpoint, secret) = try await desk.rotate(
            call.id("endpoint"), overlap: call.body.integer("overlap_s").map { .seconds($0) },
            expected: call.expectedVersion, call.writing())
        return answer(.ok, endpoint, secret)
    }

    private func ping(_ call: Call) async throws -> Response {
        let delivery = try await desk.ping(call.id("endpoint"), call.writing())
        return .json(.accepted) { $0.value(.object(delivery.document)) }
    }

    private func replay(_ call: Call) async throws -> Response {
        let replay = try await desk.replay(
            call.id("endpoint"), since: call.body.moment("since") ?? call.at, call.writing())
        return .json(.accepted) {
            $0.value(["replayed": .integer(Int64(replay.count)), "more": .bool(replay.isMore)])
        }
    }

    private func answer(_ status: HTTPResponse.Status, _ endpoint: HookEndpoint, _ secret: HookSecret) -> Response {
        var document = endpoint.document
        document["secret"] = .string(secret.text)
        var response = Response.json(status) { $0.value(.object(document)) }
        response.headers[.eTag] = EntityTag(version: endpoint.version).text
        return response
    }
}
