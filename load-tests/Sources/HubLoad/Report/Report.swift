import Foundation

/// All that is said about results, for a terminal or in Markdown.
struct Report {
    let results: Results

    /// Goals that these runs say nothing about are left out.
    var plain: String {
        let judged = Goal.all.filter { $0.value(results) != nil }
        return [
            heading,
            FiguresTable.table(of: results.runs).plain(leading: FiguresTable.leading),
            FiguresTable.notes(on: results).joined(separator: "\n"),
            judged.isEmpty ? "" : Goal.table(judged, results).plain(leading: 1),
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

    /// The document with this report between its marks `<!-- results -->` and `<!-- end of results -->`.
    func inserted(into document: String) throws(LoadError) -> String {
        let (begin, end) = ("<!-- results -->\n", "<!-- end of results -->")
        let before = document.components(separatedBy: begin)
        let after = document.components(separatedBy: end)
        guard before.count == 2, after.count == 2 else {
            throw LoadError("the document needs one line \(begin)and one line \(end)")
        }
        return before[0] + begin + markdown + "\n" + end + after[1]
    }

    private var heading: String {
        let revision = results.revision.isEmpty ? "" : ", hub at \(results.revision)"
        let load = results.loadBefore.map { ", load average \(Number.short($0)) before the first run" } ?? ""
        return "Measured \(results.date) on \(results.machine.summary)\(revision)\(load)."
    }
}
