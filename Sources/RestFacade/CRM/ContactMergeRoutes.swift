import Domain
import Hummingbird

/// Two contacts that are one person.
struct ContactMergeRoutes: EndpointGroup {
    let merging: any ContactMerging

    let title = "Merging contacts"

    private static let resource = ResourceSchema(
        "ContactMerge",
        [
            .readOnly("id", .id(ContactMergeID.self)),
            .readOnly("into", .id(ContactID.self), "The contact that stays."),
            .readOnly("from", .id(ContactID.self), "The contact that answers 404 now and says where it went."),
            .readOnly("by", .prose(200)),
            .readOnly("at", .moment),
            .readOnly(
                "identities",
                .list(ContactDescription.identity, count: 0...CRMContact.maxIdentities * 2), "Those that moved."),
            .readOnly("leads", .list(.id(LeadID.self), count: 0...100_000)),
            .readOnly("deals", .list(.id(DealID.self), count: 0...100_000)),
            .readOnly("notes", .list(.id(ContactNoteID.self), count: 0...100_000)),
            .readOnly("goals", .list(.id(ProgressGoalID.self), count: 0...100_000)),
            .readOnly(
                "enrolments", .list(.id(EnrolmentID.self), count: 0...100_000),
                "All but those in programs in which both take part."),
            .readOnly("orders", .list(.id(OrderID.self), count: 0...100_000)),
            .readOnly("callbacks", .list(.id(CallbackID.self), count: 0...100_000)),
            .readOnlyNullable("undone_at", .moment),
        ]
    )

    private static let order = Schema.object(
        ObjectSchema(
            name: "ContactMergeOrder",
            members: [
                .init(
                    name: "from", schema: .id(ContactID.self), isRequired: true,
                    note: "The contact whose identities, deals, orders and all else move, conversations included."
                )
            ]
        ))

    var endpoints: [Endpoint] {
        [
            Endpoint(
                method: .post,
                path: "\(ContactRoutes.onePath)/merge",
                id: "mergeContacts",
                summary: "Move what another contact has to this one, which stays as it is otherwise.",
                right: .crmManage,
                body: .json(Self.order),
                isOnce: true,
                answers: [
                    .init(status: .ok, note: "What was moved.", content: .json(Self.resource.document)), .conflict,
                ],
                run: merge
            ),
            Endpoint(
                method: .post,
                path: "\(ContactRoutes.onePath)/unmerge",
                id: "unmergeContact",
                summary: "Make a merged contact one of its own again, with exactly what it had. "
                    + "409 names what is elsewhere since.",
                right: .crmManage,
                body: .json(.object(ObjectSchema(name: "ContactUnmergeOrder", members: []))),
                isOnce: true,
                answers: [
                    .init(status: .ok, note: "What was given back.", content: .json(Self.resource.document)),
                    .conflict,
                ],
                run: unmerge
            ),
        ]
    }

    private func merge(_ call: Call) async throws -> Response {
        guard let from: ContactID = try call.body.id("from") else {
            throw HubError(.internal, "The schema of a merge does not ask for its other contact.")
        }
        let written = try await merging.merge(
            from, into: call.id("contact"), scope: call.scope, call.writing(answer: Self.answer))
        return call.answer(written, Self.answer)
    }

    private func unmerge(_ call: Call) async throws -> Response {
        let written = try await merging.unmerge(
            call.id("contact"), scope: call.scope, call.writing(answer: Self.answer))
        return call.answer(written, Self.answer)
    }

    private static let answer: @Sendable (ContactMerge) -> StoredAnswer = { merge in
        StoredAnswer(status: 200, location: nil, body: JSONValue.object(merge.document).text)
    }
}
