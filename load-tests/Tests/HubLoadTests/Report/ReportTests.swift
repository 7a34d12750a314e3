import Foundation
import FoundationXML
import Testing

@testable import HubLoad

@Suite struct ReportTests {
    private let machine = Machine(processor: "P", cores: 2, memoryMiB: 1, system: "S")

    private func figures(_ target: String, _ plan: Plan, cpu: Double) -> Figures {
        var figures = Figures(scenario: plan.scenario, title: plan.title, target: target, deflate: plan.deflate)
        figures.cpuPerDelivery = cpu
        return figures
    }

    private func results(_ runs: [Figures]) -> Results {
        var results = Results(machine: machine, date: Date(timeIntervalSince1970: 0), revision: "abc")
        results.runs = runs
        return results
    }

    @Test(arguments: [
        (0.974, "0.97"), (12.34, "12.3"), (999.6, "1,000"), (1_090_499, "1,090,000"), (114_000, "114,000"),
        (-1, "-1.00"),
    ]) func numbersAreShort(value: Double, text: String) {
        #expect(Number.short(value) == text)
    }

    @Test func whatIsNotThereIsADash() {
        #expect(Number.short(nil) == "–")
        #expect(Number.short(.infinity) == "–")
    }

    @Test func tablesAlign() {
        let table = TextTable(head: ["a", "b"], rows: [["long", "1"], ["x", "10"]])
        #expect(table.plain(leading: 1) == "a      b\nlong   1\nx     10")
        #expect(table.markdown(leading: 1) == "| a | b |\n| --- | ---: |\n| long | 1 |\n| x | 10 |")
    }

    @Test(arguments: [(1.0, "aim reached"), (1.5, "met"), (1.7, "missed")])
    func aGoalIsJudged(cpu: Double, verdict: String) {
        let plan = Comparison.fanout
        let results = results([figures("hub", plan, cpu: cpu), figures("raw", plan, cpu: 1)])
        #expect(Goal.all.first?.verdict(on: results) == verdict)
        #expect(Goal.all.last?.verdict(on: results) == "not measured")
    }

    @Test func aShareOfTheDatabaseHasToBeReached() throws {
        var hub = figures("hub", Comparison.publish, cpu: 1)
        var database = figures("database", Comparison.publish, cpu: 1)
        (hub.published, hub.seconds) = (700, 1)
        (database.published, database.seconds) = (2000, 2)
        let goal = try #require(Goal.all.first { $0.title.contains("SQLite alone") })
        #expect(goal.verdict(on: results([hub, database])) == "met")
        hub.published = 500
        #expect(goal.verdict(on: results([hub, database])) == "missed")
    }

    @Test func newerRunsReplaceOlderOnes() {
        let plan = Comparison.fanout
        var all = results([figures("hub", plan, cpu: 1), figures("raw", plan, cpu: 1)])
        all.merge(results([figures("hub", plan, cpu: 2), figures("hub", plan.deflated, cpu: 3)]))
        #expect(all.runs.map(\.cpuPerDelivery) == [2, 1, 3])
        #expect(all.titles == [plan.title, plan.deflated.title])
    }

    @Test func resultsAreReadAsTheyWereWritten() throws {
        var written = results([figures("hub", Comparison.fanout, cpu: 1)])
        written.absent = ["nchan": "not installed"]
        let path = NSTemporaryDirectory() + "hub-load-\(UUID().uuidString).json"
        defer { try? FileManager.default.removeItem(atPath: path) }
        try written.write(to: path)
        #expect(try Results(path: path) == written)
        #expect(throws: LoadError.self) { try Results(path: path + ".none") }
    }

    @Test func aReportNamesWhatTookNoPartAndWhatFailed() {
        var failed = figures("hub", Comparison.fanout, cpu: 1)
        failed.failure = "it fell over"
        var results = results([failed])
        results.absent = ["nchan": "not installed"]
        for text in [Report(results: results).plain, Report(results: results).markdown] {
            #expect(text.contains("it fell over"))
            #expect(text.contains("nchan took no part: not installed"))
            #expect(text.contains("hub at abc"))
        }
    }

    @Test func aReportTakesThePlaceOfTheOneBefore() throws {
        let report = Report(results: results([]))
        let marks = (begin: "<!-- results -->\n", end: "<!-- end of results -->")
        let inserted = try report.inserted(into: "a\n\(marks.begin)old\n\(marks.end)\nb")
        #expect(inserted == "a\n\(marks.begin)\(report.markdown)\n\(marks.end)\nb")
        #expect(throws: LoadError.self) { try report.inserted(into: "nothing") }
    }

    @Test func aChartIsWellFormedAndScalesEachGroup() throws {
        let chart = BarChart(
            title: "a < b & c",
            groups: [.init(title: "g", bars: [.init(name: "hub", value: 1), .init(name: "raw", value: 2)])]
        )
        let parser = XMLParser(data: Data(chart.svg.utf8))
        #expect(parser.parse())
        #expect(chart.svg.contains("a &lt; b &amp; c"))
        #expect(chart.svg.contains(#"width="540.0""#) && chart.svg.contains(#"width="270.0""#))
    }
}
