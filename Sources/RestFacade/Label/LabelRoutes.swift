import Actors
import Domain
import Hummingbird

/// Labels, and putting them on conversations.
struct LabelRoutes: EndpointGroup {
    let labels: any LabelStore
    let gateway: any RoomGateway

    private static let path = "/labels"
    private static let onePath = "/labels/{label}"
    private static let resource = LabelDescription.resource

    let title = "Labels"

    var endpoints: [Endpoint] {
        [
            .list(
                Self.path, "listLabels", "Labels, a page at a time.", of: Self.resource, right: .chat,
                sorts: LabelSort.self, run: list),
            .create(Self.path, "createLabel", "Make a label.", of: Self.resource, right: .deskManage, run: make),
            .read(Self.onePath, "getLabel", "One label.", of: Self.resource, right: .chat, run: read),
            .change(
                Self.onePath, "changeLabel", "Change a label.", of: Self.resource, right: .deskManage, run: change),
            .remove(
                Self.onePath, "removeLabel", "Remove a label, also from its conversations.", right: .deskManage,
                run: remove),
            Endpoint(
                method: .put,
                path: "/conversations/{conversation}/labels",
                id: "putConversationLabels",
                summary: "Make these the labels of a conversation; colleagues are told at once.",
                right: .chat,
                body: .json(LabelDescription.putting),
                answers: [.init(status: .ok, note: "So it is.", content: .json(LabelDescription.carried))],
                run: put
            ),
        ]
    }

    private func list(_ call: Call) async throws -> Response {
        let request: ListRequest<LabelSort, _> = try ListParameters.request(call.query, filter: LabelFilter())
        return .page(try await labels.labels(request), of: request)
    }

    private func make(_ call: Call) async throws -> Response {
        var label = Label(id: .make(at: call.at), at: call.at)
        try LabelDescription.merge(call.body, into: &label)
        return call.created(try await labels.add(label, call.making(at: Self.path)), at: Self.path)
    }

    private func read(_ call: Call) async throws -> Response {
        guard let label = try await labels.label(call.id("label")) else {
            throw HubError.notFound("there is no such label")
        }
        return call.answer(label)
    }

    private func change(_ call: Call) async throws -> Response {
        let label = try await labels.change(
            call.id("label"), expected: call.expectedVersion, call.writing()
        ) { label in
            try LabelDescription.merge(call.body, into: &label)
        }
        return call.answer(label)
    }

    private func remove(_ call: Call) async throws -> Response {
        try await labels.remove(call.id("label"), expected: call.expectedVersion, call.writing())
        return Response(status: .noContent)
    }

    private func put(_ call: Call) async throws -> Response {
        let room = try call.id("conversation", as: RoomID.self)
        try await gateway.authorize(.staff(call.caller.user), in: room)
        let wanted = try call.body.texts("labels") ?? []
        let labelled = try await labels.put(
            wanted.compactMap(LabelID.init), on: room, by: call.caller.user.participant, call.writing())
        gateway.appended(upTo: labelled.sideHead, in: labelled.side)
        return .json { $0.value(.object(["labels": .array(labelled.labels.map(\.json))])) }
    }
}

extension Label: VersionedDocument {}
