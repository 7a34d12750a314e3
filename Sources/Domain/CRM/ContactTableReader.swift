/// Reads a table of contacts out of a body that comes in pieces. No I/O.
///
/// The first line names the columns, in any order. A cell with nothing in it says nothing.
package struct ContactTableReader: Sendable {
    package enum Item: Sendable, Equatable {
        case row(ContactTable.Row)
        /// A line that cannot be read.
        case problem(line: Int64, code: String, detail: String)
    }

    private var records: CSVRecords
    /// Nil before the header.
    private var columns: [ContactTable.Column]?

    package init(maxLineBytes: Int = 64 * 1024) {
        records = CSVRecords(maxRecordBytes: maxLineBytes)
    }

    /// The lines that are complete with these bytes. Throws `bad_request` for a header that names no columns of ours.
    package mutating func read(_ bytes: some Sequence<UInt8>) throws(HubError) -> [Item] {
        records.read(bytes)
        return try items(records.takeRecords())
    }

    /// What was left when the body ended. Throws `bad_request` when there was no header.
    package mutating func end() throws(HubError) -> [Item] {
        records.end()
        let items = try items(records.takeRecords())
        guard columns != nil else { throw .badRequest("the first line must name the columns: \(Self.names)") }
        return items
    }

    private mutating func items(_ records: [CSVRecords.Record]) throws(HubError) -> [Item] {
        var items: [Item] = []
        for record in records {
            switch (record.content, columns) {
            case (.fields(let fields), nil): columns = try Self.header(fields)
            case (.flaw(_, let detail), nil): throw .badRequest("the first line cannot be read: \(detail)")
            case (.flaw(let code, let detail), _):
                items.append(.problem(line: record.line, code: code, detail: detail))
            case (.fields(let fields), let columns?):
                items.append(Self.item(fields, columns, record.line))
            }
        }
        return items
    }

    private static func item(_ fields: [String], _ columns: [ContactTable.Column], _ line: Int64) -> Item {
        guard fields.count <= columns.count else {
            let detail = "has \(fields.count) cells, the header has \(columns.count)"
            return .problem(line: line, code: "columns", detail: detail)
        }
        var cells: [ContactTable.Column: String] = [:]
        for (column, field) in zip(columns, fields) {
            let cell = plain(field)
            if cell.contains(where: { !$0.isWhitespace }) { cells[column] = cell }
        }
        return .row(ContactTable.Row(line: line, cells: cells))
    }

    /// Without the apostrophe that `CSVLine` puts before what a spreadsheet would take for a formula.
    private static func plain(_ field: String) -> String {
        let bytes = field.utf8
        guard bytes.first == UInt8(ascii: "'"), let second = bytes.dropFirst().first, "=+-@\t\r".utf8.contains(second)
        else { return field }
        return String(field.dropFirst())
    }

    private static func header(_ fields: [String]) throws(HubError) -> [ContactTable.Column] {
        let names = fields.map { $0.filter { !$0.isWhitespace }.lowercased() }
        let columns = names.compactMap(ContactTable.Column.init)
        guard columns.count == names.count, Set(columns).count == columns.count else {
            throw .badRequest("the first line may name these columns, each once: \(Self.names)")
        }
        return columns
    }

    private static let names = ContactTable.Column.allCases.map(\.rawValue).joined(separator: ", ")
}
