/// All that is said about results, for a terminal or in Markdown.
struct Report {
    let results: Results

    var plain: String {
        [
            heading,
            FiguresTable.table(of: results.runs).plain(leading: FiguresTable.leading),
            FiguresTable.notes(on: results).joined(separator: "\n"),
            Goal.table(Goal.all, results).plain(leading: 1),
        ]
        .filter { !$0.isEmpty }
        .joined(separator: "\n\n")
    }

    var markdown: String {
        [
            heading,
            "### Goals",
            Goal.table(Goal.all, results).markdown(leading: 1),
            "### Runs",
            FiguresTable.table(of: results.runs).markdown(leading: FiguresTable.leading),
            FiguresTable.notes(on: results).map { "- \($0)" }.joined(separator: "\n"),
        ]
        .filter { !$0.isEmpty }
        .joined(separator: "\n\n")
    }

    private var heading: String {
        let revision = results.revision.isEmpty ? "" : ", hub at \(results.revision)"
        return "Measured \(results.date) on \(results.machine.summary)\(revision)."
    }
}
