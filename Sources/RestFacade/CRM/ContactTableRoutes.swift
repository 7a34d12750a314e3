import Domain
import HTTPTypes
import Hummingbird
import NIOCore

/// Contacts in and out as CSV (RFC 4180).
struct ContactTableRoutes: EndpointGroup {
    let contacts: any ContactStore
    let audit: any AuditLog

    let title = "Contacts as tables"

    private static let exportPage = 200

    private static let problem = Schema.object(
        ObjectSchema(
            name: "ContactImportProblem",
            members: [
                .required("line", .count),
                .required("code", .line(64)),
                .required("detail", .prose(2000)),
            ]
        ))

    private static let report = ResourceSchema(
        "ContactImportReport",
        [
            .readOnly("lines", .count, "Lines below the header."),
            .readOnly("created", .count),
            .readOnly("updated", .count),
            .readOnly("skipped", .count, "Known already; with `mode=update` those in which nothing was new."),
            .readOnly("failed", .count),
            .readOnly(
                "problems", .list(problem, count: 0...ContactImport.maxProblems), "Of the lines that failed, the first."
            ),
        ]
    )

    private static let columns = ContactTable.Column.allCases.map(\.rawValue).joined(separator: ", ")

    var endpoints: [Endpoint] {
        [
            Endpoint(
                method: .get,
                path: "\(ContactRoutes.path)/export.csv",
                id: "exportContacts",
                summary: "The contacts that a filter lets through, as CSV. Audited. Columns: \(Self.columns).",
                right: .crmManage,
                query: ContactDescription.filters,
                answers: [.init(status: .ok, note: "The table, as it is read.", content: .media("text/csv"))],
                run: export
            ),
            Endpoint(
                method: .post,
                path: "\(ContactRoutes.path)/imports",
                id: "importContacts",
                summary: "Make contacts of the lines of a CSV file, whose first line names columns of the export. "
                    + "Several values in a cell are divided by `;`. Each line is kept or refused by itself.",
                right: .crmManage,
                query: [
                    .init(
                        name: "mode", schema: .choice(ContactImport.Mode.self),
                        note: "What becomes of a line with a known identity; `skip` when not given.")
                ],
                body: .stream(["text/csv"]),
                answers: [.init(status: .ok, note: "What became of it.", content: .json(Self.report.document))],
                run: take
            ),
        ]
    }

    private func export(_ call: Call) async throws -> Response {
        let filter = try ContactDescription.filter(call.query, call.scope)
        let event = AuditEvent("contacts.exported", AuditSubject(kind: "contact", id: ""))
        try await audit.record([event], by: call.actor, at: call.at)
        return Response(
            status: .ok,
            headers: [
                .contentType: "text/csv; charset=utf-8",
                .contentDisposition: "attachment; filename=\"contacts.csv\"",
                .cacheControl: "no-store",
            ],
            body: ResponseBody { writer in
                // The mark tells spreadsheets that it is UTF-8.
                let header = CSVLine.text(ContactTable.Column.allCases.map(\.rawValue))
                try await writer.write(ByteBuffer(string: "\u{FEFF}\(header)"))
                var after: ListPosition?
                repeat {
                    let page = try await contacts.contacts(
                        ListRequest(
                            filter: filter, order: ListOrder(ContactSort.createdAt), after: after,
                            limit: Self.exportPage))
                    let lines = page.items.map { CSVLine.text(ContactTable.cells(of: $0)) }.joined()
                    if !lines.isEmpty { try await writer.write(ByteBuffer(string: lines)) }
                    after = page.next
                } while after != nil
                try await writer.finish(nil)
            }
        )
    }

    private func take(_ call: Call) async throws -> Response {
        let type = call.request.headers[.contentType]?.prefix { $0 != ";" }.lowercased()
        guard type?.filter({ !$0.isWhitespace }) == "text/csv" else {
            throw Problem(.unsupportedMediaType, code: HubError.Code.badRequest.rawValue, detail: "send text/csv")
        }
        var reader = ContactTableReader()
        var run = ContactImport(
            contacts: contacts, mode: try call.query.choice("mode") ?? .skip, scope: call.scope, actor: call.actor,
            at: call.at)
        for try await buffer in call.request.body {
            for item in try reader.read(buffer.readableBytesView) { try await run.take(item) }
        }
        for item in try reader.end() { try await run.take(item) }
        let report = run.document
        return .json { $0.value(.object(report)) }
    }
}
