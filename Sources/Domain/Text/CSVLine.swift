/// A line of comma-separated values (RFC 4180).
package enum CSVLine {
    /// With its line end. Nil is an empty cell.
    ///
    /// A cell that a spreadsheet would take for a formula gets an apostrophe before it, because names and notes are
    /// written by strangers and opened by staff.
    package static func text(_ cells: [String?]) -> String {
        cells.map { cell(harmless($0 ?? "")) }.joined(separator: ",") + "\r\n"
    }

    private static func cell(_ text: String) -> String {
        let needsQuotes = text.utf8.contains { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }
        return needsQuotes ? "\"\(text.replacing("\"", with: "\"\""))\"" : text
    }

    private static func harmless(_ text: String) -> String {
        guard let first = text.utf8.first, "=+-@\t\r".utf8.contains(first) else { return text }
        return "'" + text
    }
}
