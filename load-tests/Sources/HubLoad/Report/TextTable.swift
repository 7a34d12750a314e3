/// A table of text, for a terminal or in Markdown.
struct TextTable {
    let head: [String]
    var rows: [[String]] = []

    /// Columns padded to their widest cell; all but the first `leading` to the right.
    func plain(leading: Int) -> String {
        let widths = head.indices.map { column in ([head] + rows).map { $0[column].count }.max() ?? 0 }
        let lines = ([head] + rows).map { row in
            row.indices.map { column in
                let blanks = String(repeating: " ", count: widths[column] - row[column].count)
                return column < leading ? row[column] + blanks : blanks + row[column]
            }
            .joined(separator: "  ")
        }
        return lines.joined(separator: "\n")
    }

    func markdown(leading: Int) -> String {
        let rule = head.indices.map { $0 < leading ? "---" : "---:" }
        return ([head, rule] + rows).map { "| " + $0.joined(separator: " | ") + " |" }.joined(separator: "\n")
    }
}
