import Actors
import Domain
import Hummingbird

/// Who the shop knows.
struct ContactRoutes: EndpointGroup {
    let contacts: any ContactStore
    let routing: RoutingActor

    static let path = "/crm/contacts"
    static let onePath = "/crm/contacts/{contact}"
    private static let resource = ContactDescription.resource

    let title = "Contacts"

    var endpoints: [Endpoint] {
        [
            .list(
                Self.path, "listContacts", "Contacts, a page at a time; or the one with an identity.",
                of: Self.resource, right: .crmRead, sorts: ContactSort.self, filters: ContactDescription.filters,
                run: list),
            .create(
                Self.path, "createContact", "Make a contact. 409 names the contact that has an identity already.",
                of: Self.resource, right: .crmWrite, run: make),
            .read(Self.onePath, "getContact", "One contact.", of: Self.resource, right: .crmRead, run: read),
            .change(
                Self.onePath, "changeContact", "Change a contact. 409 names the contact that has an identity already.",
                of: Self.resource, right: .crmWrite, run: change),
            Endpoint(
                method: .post,
                path: "\(Self.onePath)/notes",
                id: "createContactNote",
                summary: "Write a note about a contact; the timeline shows it.",
                right: .crmWrite,
                body: .json(ContactDescription.note.creation),
                isOnce: true,
                answers: [
                    .init(
                        status: .created, note: "It was written.", content: .json(ContactDescription.note.document))
                ],
                run: makeNote
            ),
            .list(
                "\(Self.onePath)/timeline", "listContactTimeline",
                "What happened with a contact: conversations, leads, deals, notes, codes and orders, in the order of time.",
                of: ContactDescription.timelineEntry, right: .crmRead, sorts: TimelineSort.self,
                filters: ContactDescription.timelineFilters, isSearchable: false, run: timeline),
            Endpoint(
                method: .get,
                path: "/conversations/{conversation}/contact",
                id: "getConversationContact",
                summary: "Who the customer of a conversation is: what they are known by, and whose that is.",
                right: .crmRead,
                answers: [
                    .init(
                        status: .ok, note: "As it is now.", content: .json(ContactDescription.conversationContact))
                ],
                run: customer
            ),
        ]
    }

    private func list(_ call: Call) async throws -> Response {
        let request: ListRequest<ContactSort, _> = try ListParameters.request(
            call.query, filter: ContactDescription.filter(call.query, call.scope))
        return .page(try await contacts.contacts(request), of: request)
    }

    private func make(_ call: Call) async throws -> Response {
        var contact = CRMContact(id: .make(at: call.at), at: call.at)
        try ContactDescription.merge(call.body, into: &contact)
        let written = try await contacts.add(contact, scope: call.scope, call.making(at: Self.path))
        return call.created(written, at: Self.path)
    }

    private func read(_ call: Call) async throws -> Response {
        call.answer(try await contacts.contact(call.id("contact"), scope: call.scope))
    }

    private func change(_ call: Call) async throws -> Response {
        let contact = try await contacts.change(
            call.id("contact"), scope: call.scope, expected: call.expectedVersion, call.writing()
        ) { contact in
            try ContactDescription.merge(call.body, into: &contact)
        }
        return call.answer(contact)
    }

    private func makeNote(_ call: Call) async throws -> Response {
        let note = ContactNote(
            id: .make(at: call.at),
            contact: try call.id("contact"),
            text: try call.body.text("text") ?? "",
            authorName: call.caller.user.name,
            at: call.at
        )
        let made: @Sendable (ContactNote) -> StoredAnswer = { note in
            StoredAnswer(status: 201, location: nil, body: JSONValue.object(note.document).text)
        }
        return call.answer(try await contacts.add(note, scope: call.scope, call.writing(answer: made)), made)
    }

    private func timeline(_ call: Call) async throws -> Response {
        let request: ListRequest<TimelineSort, TimelineEntry.Kind?> = try ListParameters.request(
            call.query, filter: call.query.choice("kind"))
        let page = try await contacts.timeline(
            of: call.id("contact"), scope: call.scope, sight: routing.sight(of: call.caller.user), request)
        return .page(page, of: request, document: \.document)
    }

    private func customer(_ call: Call) async throws -> Response {
        let customer = try await contacts.customer(
            ofConversation: call.id("conversation"), scope: call.scope, sight: routing.sight(of: call.caller.user))
        return .json { $0.value(.object(customer.document)) }
    }
}

extension CRMContact: VersionedDocument {}
