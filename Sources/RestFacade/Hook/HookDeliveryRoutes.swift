import Actors
import Domain
import Hummingbird

/// What was delivered to systems of the shop, what was not and why, and delivering it again.
struct HookDeliveryRoutes: EndpointGroup {
    let desk: HookDesk

    private static let path = "/webhook-deliveries"
    private static let onePath = "/webhook-deliveries/{delivery}"

    let title = "Webhook deliveries"

    var endpoints: [Endpoint] {
        [
            .list(
                Self.path, "listWebhookDeliveries", "Deliveries, a page at a time, the newest first.",
                of: HookDescription.delivery, right: .settingsWrite, sorts: HookDeliverySort.self,
                filters: HookDescription.filters, isSearchable: false, run: list),
            Endpoint(
                method: .get,
                path: Self.onePath,
                id: "getWebhookDelivery",
                summary: "One delivery, with what is sent.",
                right: .settingsWrite,
                answers: [
                    .init(
                        status: .ok, note: "As it is now.",
                        content: .json(HookDescription.deliveryWithBody.document))
                ],
                run: read
            ),
            Endpoint(
                method: .post,
                path: "\(Self.onePath)/replay",
                id: "replayWebhookDelivery",
                summary: "Deliver it again, with the same id and body; at once when it waits for its next try.",
                right: .settingsWrite,
                answers: [
                    .init(status: .accepted, note: "It is owed.", content: .json(HookDescription.delivery.document)),
                    .conflict,
                ],
                run: replay
            ),
        ]
    }

    private func list(_ call: Call) async throws -> Response {
        let request: ListRequest<HookDeliverySort, _> = try ListParameters.request(
            call.query, filter: HookDescription.filter(call.query))
        return .page(try await desk.store.deliveries(request), of: request, document: \.document)
    }

    private func read(_ call: Call) async throws -> Response {
        guard let (delivery, body) = try await desk.store.delivery(call.id("delivery")) else {
            throw HubError.notFound("there is no such delivery, or it was forgotten")
        }
        var document = delivery.document
        document["body"] = try JSONParser.parse(body, maxDepth: 64)
        return .json { $0.value(.object(document)) }
    }

    private func replay(_ call: Call) async throws -> Response {
        let delivery = try await desk.replay(call.id("delivery"), call.writing())
        return .json(.accepted) { $0.value(.object(delivery.document)) }
    }
}
