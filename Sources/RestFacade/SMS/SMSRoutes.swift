import Actors
import Domain
import Hummingbird

/// Short messages that staff send to contacts, and those that customers send.
struct SMSRoutes: EndpointGroup {
    let messages: any SMSStore
    let isConnected: Live<Bool>
    let bell: WakeUps

    private static let path = "/sms"
    private static let onePath = "/sms/{message}"
    private static let resource = SMSDescription.resource

    let title = "SMS"

    var endpoints: [Endpoint] {
        [
            .list(
                Self.path, "listSMS", "Short messages, sent and received, a page at a time, the newest first.",
                of: Self.resource, right: .crmRead, sorts: SMSSort.self, filters: SMSDescription.filters,
                isSearchable: false, run: list),
            .create(
                Self.path, "sendSMS", "Send a short message to a contact.", of: Self.resource, right: .crmWrite,
                run: send),
            .read(
                Self.onePath, "getSMS", "One short message, and how far it got.", of: Self.resource, right: .crmRead,
                run: read),
        ]
    }

    private func list(_ call: Call) async throws -> Response {
        let request: ListRequest<SMSSort, _> = try ListParameters.request(
            call.query, filter: SMSDescription.filter(call.query, call.scope))
        return .page(try await messages.messages(request), of: request)
    }

    private func send(_ call: Call) async throws -> Response {
        guard isConnected.now else {
            throw HubError.conflict("no SMS is set up here: connect Twilio under Integrations")
        }
        guard let contact: ContactID = try call.body.id("contact") else {
            throw HubError.invalid([FieldProblem("/contact", "conflict", "says whom it is for, and is missing")])
        }
        let draft = try SMSDraft(
            id: .make(at: call.at), entry: .make(at: call.at), contact: contact, phone: call.body.text("phone"),
            text: call.body.text("text") ?? "", author: call.caller.user.id)
        let written = try await messages.send(draft, scope: call.scope, call.making(at: Self.path))
        bell.wake()
        return call.created(written, at: Self.path)
    }

    private func read(_ call: Call) async throws -> Response {
        call.answer(try await messages.message(call.id("message"), scope: call.scope))
    }
}

extension SMSMessage: VersionedDocument {}
