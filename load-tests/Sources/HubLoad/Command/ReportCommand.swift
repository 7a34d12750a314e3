import ArgumentParser
import Foundation

/// `hub-load report`: prints what a file of results holds.
struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Prints a file of results again, and draws its chart."
    )

    @Argument(help: "Files that 'run' or 'suite' wrote. Later files replace the runs of earlier ones.")
    var files: [String]

    @Flag(help: "As Markdown, for docs/performance.md.")
    var markdown = false

    @Option(help: "Write the chart to this file.")
    var chart: String?

    @Option(help: "Put the report, as Markdown, between the marks of this document.")
    var document: String?

    func validate() throws {
        guard !files.isEmpty else { throw ValidationError("name at least one file") }
    }

    func run() throws {
        var results = try Results(path: files[0])
        for file in files.dropFirst() {
            results.merge(try Results(path: file))
        }
        let report = Report(results: results)
        if let document {
            let text = try String(contentsOfFile: document, encoding: .utf8)
            try report.inserted(into: text).write(toFile: document, atomically: true, encoding: .utf8)
        } else {
            print(markdown ? report.markdown : report.plain)
        }
        if let chart {
            try BarChart(results).svg.write(toFile: chart, atomically: true, encoding: .utf8)
        }
    }
}
