/// Reads codes out of a body that comes in pieces, whatever its format. No I/O.
package struct CodeLineReader: Sendable {
    package enum Format: Sendable, Equatable, CaseIterable {
        case csv, json, ndjson

        /// Of a media type without its parameters, in lower case.
        package init?(mediaType: String) {
            switch mediaType {
            case "text/csv": self = .csv
            case "application/json": self = .json
            case "application/x-ndjson": self = .ndjson
            default: return nil
            }
        }

        package var mediaType: String {
            switch self {
            case .csv: "text/csv"
            case .json: "application/json"
            case .ndjson: "application/x-ndjson"
            }
        }
    }

    private enum Source: Sendable {
        case csv(CSVRecords)
        case json(JSONItems)
    }

    private var source: Source
    private let rules: CodeImportRules
    /// Where the columns of a CSV file stand; nil before its first record.
    private var columns: Columns?

    private struct Columns: Sendable {
        var code = 0
        var expiry: Int? = 1
        /// Without a header.
        var count = 2
    }

    package init(_ format: Format, _ rules: CodeImportRules) {
        self.rules = rules
        source =
            switch format {
            case .csv: .csv(CSVRecords(maxRecordBytes: rules.maxLineBytes))
            case .json: .json(JSONItems(.array, maxItemBytes: rules.maxLineBytes))
            case .ndjson: .json(JSONItems(.lines, maxItemBytes: rules.maxLineBytes))
            }
    }

    /// The lines that are complete with these bytes. Throws `bad_request` when the body as a whole is not readable.
    package mutating func read(_ bytes: some Sequence<UInt8>) throws(HubError) -> [CodeLine] {
        switch source {
        case .csv(var records):
            records.read(bytes)
            let complete = records.takeRecords()
            source = .csv(records)
            return try lines(complete)
        case .json(var items):
            try items.read(bytes)
            let complete = items.takeItems()
            source = .json(items)
            return complete.map(line)
        }
    }

    /// What was left when the body ended. Throws `bad_request` when it ended too early.
    package mutating func end() throws(HubError) -> [CodeLine] {
        switch source {
        case .csv(var records):
            records.end()
            return try lines(records.takeRecords())
        case .json(var items):
            try items.end()
            return items.takeItems().map(line)
        }
    }

    // MARK: CSV

    private mutating func lines(_ records: [CSVRecords.Record]) throws(HubError) -> [CodeLine] {
        var lines: [CodeLine] = []
        lines.reserveCapacity(records.count)
        for record in records {
            switch record.content {
            case .flaw(let code, let detail):
                lines.append(.problem(CodeLineProblem(line: record.line, code, detail)))
            case .fields(let fields):
                guard let columns else {
                    let header = try Self.header(fields)
                    columns = header ?? Columns()
                    if header == nil { lines.append(line(fields, record.line, Columns())) }
                    continue
                }
                lines.append(line(fields, record.line, columns))
            }
        }
        return lines
    }

    /// Nil when the first record is no header.
    private static func header(_ fields: [String]) throws(HubError) -> Columns? {
        let names = fields.map { $0.filter { !$0.isWhitespace }.lowercased() }
        guard let code = names.firstIndex(of: "code") else { return nil }
        guard names.allSatisfy({ $0 == "code" || $0 == "expires_at" }), Set(names).count == names.count else {
            throw .badRequest("the header may name the columns code and expires_at, each once")
        }
        return Columns(code: code, expiry: names.firstIndex(of: "expires_at"), count: names.count)
    }

    private func line(_ fields: [String], _ number: Int64, _ columns: Columns) -> CodeLine {
        guard fields.count <= columns.count, fields.count > columns.code else {
            let detail = "has \(fields.count) columns, expected are at most \(columns.count)"
            return .problem(CodeLineProblem(line: number, "columns", detail))
        }
        let expiry = columns.expiry.flatMap { $0 < fields.count ? fields[$0] : nil }
        return CodeLine(text: fields[columns.code], expiry: expiry, line: number, rules: rules)
    }

    // MARK: JSON

    private func line(_ item: JSONItems.Item) -> CodeLine {
        guard let bytes = item.bytes else {
            let detail = "the line is longer than \(rules.maxLineBytes) bytes"
            return .problem(CodeLineProblem(line: item.number, "too_long", detail))
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            return .problem(CodeLineProblem(line: item.number, "encoding", "the line is not UTF-8"))
        }
        guard let value = try? JSONParser.parse(text, maxDepth: 2, acceptsNUL: false) else {
            return .problem(CodeLineProblem(line: item.number, "json", "the line is not JSON"))
        }
        if let code = value.string { return CodeLine(text: code, expiry: nil, line: item.number, rules: rules) }
        guard let members = value.object, members.keys.allSatisfy({ $0 == "code" || $0 == "expires_at" }),
            let code = members["code"]?.string, value["expires_at"] == nil || value["expires_at"]?.string != nil
        else {
            let detail = #"must be a text, or an object like {"code": "…", "expires_at": "2027-12-31"}"#
            return .problem(CodeLineProblem(line: item.number, "format", detail))
        }
        return CodeLine(text: code, expiry: value["expires_at"]?.string, line: item.number, rules: rules)
    }
}
