import Domain
import HTTPTypes
import Hummingbird
import NIOCore

/// What the shop holds of one person: all of it, or nothing any more.
struct PersonalDataRoutes: EndpointGroup {
    let persons: any PersonalData
    let rooms: any RoomStore

    let title = "Personal data"

    private static let order = Schema.object(
        ObjectSchema(
            name: "ErasureOrder",
            members: [
                .init(
                    name: "confirm", schema: .id(ContactID.self), isRequired: true,
                    note: "The id of the contact once more: nothing brings the data back.")
            ]
        ))

    private static let report = ResourceSchema(
        "ErasureReport",
        [
            .readOnly("contacts", .list(.id(ContactID.self), count: 1...100_000), "It, and what was merged into it."),
            .readOnly("leads", .count),
            .readOnly("deals", .count),
            .readOnly("notes", .count),
            .readOnly("conversations", .count),
            .readOnly("messages", .count, "Messages and their edits, of all authors."),
            .readOnly("files", .count),
        ]
    )

    var endpoints: [Endpoint] {
        [
            Endpoint(
                method: .get,
                path: "\(ContactRoutes.onePath)/export",
                id: "exportContact",
                summary: "Everything the shop holds of a person, with the messages of their conversations. Audited.",
                right: .crmManage,
                answers: [.init(status: .ok, note: "The person's data.", content: .json(.anyObject))],
                run: export
            ),
            Endpoint(
                method: .post,
                path: "\(ContactRoutes.onePath)/erase",
                id: "eraseContact",
                summary: "Overwrite a person's data wherever it is kept. Cannot be undone.",
                right: .crmManage,
                body: .json(Self.order),
                answers: [
                    .init(status: .ok, note: "What was overwritten.", content: .json(Self.report.document))
                ],
                run: erase
            ),
        ]
    }

    private func erase(_ call: Call) async throws -> Response {
        let contact: ContactID = try call.id("contact")
        guard try call.body.text("confirm") == contact.text else {
            throw HubError.invalid([FieldProblem("/confirm", "mismatch", "must be the id of this contact")])
        }
        let report = try await persons.erase(contact, scope: call.scope, call.writing())
        return .json { $0.value(.object(report.document)) }
    }

    private func export(_ call: Call) async throws -> Response {
        let export = try await persons.export(of: call.id("contact"), scope: call.scope, call.writing())
        let file = "\(export.contact.id).json"
        return Response(
            status: .ok,
            headers: [
                .contentType: "application/json; charset=utf-8",
                .contentDisposition: ContentDisposition(isInline: false, name: file).value,
                .cacheControl: "no-store",
            ],
            body: ResponseBody { writer in
                try await PersonExportWriter(export: export, rooms: rooms).write(into: &writer)
                try await writer.finish(nil)
            }
        )
    }
}
