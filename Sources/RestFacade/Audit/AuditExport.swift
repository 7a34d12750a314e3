import Domain
import Hummingbird
import NIOCore

/// Rows of the audit log on their way out, a page at a time; a slow reader holds the next page back.
struct AuditExport: Sendable {
    enum Format: String, CaseIterable {
        case ndjson, csv

        var mediaType: String {
            switch self {
            case .ndjson: "application/x-ndjson"
            case .csv: "text/csv; charset=utf-8"
            }
        }
    }

    let archive: any AuditArchive
    let filter: AuditFilter
    let format: Format
    /// The last row that goes out; what is written meanwhile does not, so that there is an end.
    let through: Int64

    private static let page = 500

    private static let names = [
        "seq", "at", "actor_kind", "actor_id", "actor_name", "address", "request_id", "action", "subject_kind",
        "subject_id", "before", "after", "hash",
    ]

    @concurrent
    func write(into writer: inout any ResponseBodyWriter) async throws {
        if format == .csv { try await writer.write(ByteBuffer(string: CSVLine.text(Self.names))) }
        var after: ListPosition?
        repeat {
            let page = try await archive.entries(
                ListRequest(filter: filter, order: ListOrder(AuditSort.seq), after: after, limit: Self.page))
            let entries = page.items.prefix { $0.seq <= through }
            if !entries.isEmpty {
                try await writer.write(ByteBuffer(string: entries.map(line).joined()))
            }
            after = entries.count == page.items.count ? page.next : nil
        } while after != nil
    }

    private func line(_ entry: AuditEntry) -> String {
        let document = entry.document
        switch format {
        case .ndjson: return JSONValue.object(document).text + "\n"
        case .csv: return CSVLine.text(Self.names.map { document[$0]?.cell })
        }
    }
}

extension JSONValue {
    /// Texts as they are, nothing for null, everything else as JSON.
    fileprivate var cell: String? { isNull ? nil : string ?? text }
}
