import Domain
import Hummingbird

/// Whom the shop promised to call, and when.
struct CallbackRoutes: EndpointGroup {
    let callbacks: any CallbackStore

    private static let path = "/callbacks"
    private static let onePath = "/callbacks/{callback}"
    private static let resource = CallbackDescription.resource

    let title = "Call-backs"

    var endpoints: [Endpoint] {
        [
            .list(
                Self.path, "listCallbacks", "Call-backs, a page at a time, those that are due first.",
                of: Self.resource, right: .crmRead, sorts: CallbackSort.self, filters: CallbackDescription.filters,
                run: list),
            .create(
                Self.path, "createCallback", "Promise to call somebody.", of: Self.resource, right: .crmWrite,
                run: make),
            .read(Self.onePath, "getCallback", "One call-back.", of: Self.resource, right: .crmRead, run: read),
            .change(
                Self.onePath, "changeCallback", "Move a call-back, or say what came of it.", of: Self.resource,
                right: .crmWrite, run: change),
        ]
    }

    private func list(_ call: Call) async throws -> Response {
        let request: ListRequest<CallbackSort, _> = try ListParameters.request(
            call.query, filter: CallbackDescription.filter(call.query, call.scope))
        return .page(try await callbacks.callbacks(request), of: request)
    }

    private func make(_ call: Call) async throws -> Response {
        var callback = Callback(id: .make(at: call.at), by: .staff, at: call.at)
        callback.contact = try call.body.id("contact")
        callback.conversation = try call.body.id("conversation")
        try CallbackDescription.merge(call.body, into: &callback)
        return call.created(
            try await callbacks.add(callback, scope: call.scope, call.making(at: Self.path)), at: Self.path)
    }

    private func read(_ call: Call) async throws -> Response {
        call.answer(try await callbacks.callback(call.id("callback"), scope: call.scope))
    }

    private func change(_ call: Call) async throws -> Response {
        let callback = try await callbacks.change(
            call.id("callback"), scope: call.scope, expected: call.expectedVersion, call.writing()
        ) { callback in
            try CallbackDescription.merge(call.body, into: &callback)
        }
        return call.answer(callback)
    }
}

extension Callback: VersionedDocument {}
