import Domain
import HTTPTypes
import Hummingbird

/// What customers ordered.
struct OrderRoutes: EndpointGroup {
    let orders: any OrderStore

    private static let path = "/orders"
    private static let onePath = "/orders/{order}"
    private static let resource = OrderDescription.resource

    let title = "Orders"

    var endpoints: [Endpoint] {
        [
            .list(
                Self.path, "listOrders", "Orders, a page at a time.", of: Self.resource, right: .ordersRead,
                sorts: OrderSort.self, filters: OrderDescription.filters, run: list),
            .create(Self.path, "createOrder", "Enter an order.", of: Self.resource, right: .ordersWrite, run: make),
            Endpoint(
                method: .get,
                path: Self.onePath,
                id: "getOrder",
                summary: "One order. The counts of its codes may change without its version.",
                right: .ordersRead,
                answers: [
                    Endpoint.Answer(
                        status: .ok, note: "As it is now.", content: .json(Self.resource.document), hasVersion: true)
                ],
                run: read
            ),
            .change(
                Self.onePath, "changeOrder", "Take an order a step further, or tie it to whoever ordered.",
                of: Self.resource, right: .ordersWrite, run: change),
        ]
    }

    private func list(_ call: Call) async throws -> Response {
        let request: ListRequest<OrderSort, _> = try ListParameters.request(
            call.query, filter: OrderDescription.filter(call.query, call.scope))
        return .page(try await orders.orders(request), of: request)
    }

    private func make(_ call: Call) async throws -> Response {
        let order = try OrderDescription.order(call.body, at: call.at)
        return call.created(
            try await orders.add(order, scope: call.scope, call.making(at: Self.path)), at: Self.path)
    }

    private func read(_ call: Call) async throws -> Response {
        let order = try await orders.order(call.id("order"), scope: call.scope)
        var response = Response.json { $0.value(.object(order.document)) }
        response.headers[.eTag] = EntityTag(version: order.version).text
        return response
    }

    private func change(_ call: Call) async throws -> Response {
        let order = try await orders.change(
            call.id("order"), scope: call.scope, expected: call.expectedVersion, call.writing()
        ) { order in
            try OrderDescription.merge(call.body, into: &order, at: call.at)
        }
        return call.answer(order)
    }
}

extension Order: VersionedDocument {}
