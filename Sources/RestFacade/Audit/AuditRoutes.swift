import Domain
import HTTPTypes
import Hummingbird

/// Who did what.
struct AuditRoutes: EndpointGroup {
    let audit: any AuditLog
    let archive: any AuditArchive

    private static let path = "/logs"
    private static let resource = AuditDescription.resource

    let title = "Audit log"

    var endpoints: [Endpoint] {
        [
            .list(
                Self.path, "listLogs", "The audit log, newest first.", of: Self.resource, right: .logsRead,
                sorts: AuditSort.self, filters: AuditDescription.filters, isSearchable: false, run: list),
            export,
            Endpoint(
                method: .get,
                path: "/logs/{log}",
                id: "getLog",
                summary: "One row of the audit log.",
                right: .logsRead,
                answers: [Endpoint.Answer(status: .ok, note: "The row.", content: .json(Self.resource.document))],
                run: read
            ),
        ]
    }

    private var export: Endpoint {
        Endpoint(
            method: .get,
            path: "/logs/export",
            id: "exportLogs",
            summary: "The rows that a filter lets through, oldest first, as a stream. It is itself written down.",
            right: .logsRead,
            query: AuditDescription.filters + [
                .init(name: "format", schema: .choice(AuditExport.Format.self), note: "`ndjson` when not given.")
            ],
            answers: [
                Endpoint.Answer(
                    status: .ok,
                    note: "A line for each row; with `format=csv` a line of names first, as text/csv.",
                    content: .anyMedia(AuditExport.Format.allCases.map(\.mediaType))
                )
            ],
            run: send
        )
    }

    private func list(_ call: Call) async throws -> Response {
        let request: ListRequest<AuditSort, _> = try ListParameters.request(
            call.query, filter: AuditDescription.filter(call.query))
        return .page(try await archive.entries(request), of: request)
    }

    private func read(_ call: Call) async throws -> Response {
        guard let seq = Int64(try call.context.parameters.require("log")), let entry = try await archive.entry(seq)
        else { throw HubError.notFound("there is no such row in the log") }
        return .json { $0.value(.object(entry.document)) }
    }

    private func send(_ call: Call) async throws -> Response {
        let filter = try AuditDescription.filter(call.query)
        let format: AuditExport.Format = try call.query.choice("format") ?? .ndjson
        let asked = call.request.uri.query.map { JSONValue.string(String($0)) } ?? .null
        let event = AuditEvent(
            "logs.exported", AuditSubject(kind: "log", id: ""), after: .object(["query": asked]))
        try await audit.record([event], by: call.actor, at: call.at)
        let newest = try await archive.entries(
            ListRequest(filter: AuditFilter(), order: AuditSort.usual, limit: 1)
        ).items.first?.seq
        let export = AuditExport(archive: archive, filter: filter, format: format, through: newest ?? 0)
        let disposition = "attachment; filename=\"audit-log.\(format.rawValue)\""
        return Response(
            status: .ok,
            headers: [.contentType: format.mediaType, .contentDisposition: disposition],
            body: ResponseBody { writer in
                try await export.write(into: &writer)
                try await writer.finish(nil)
            }
        )
    }
}
