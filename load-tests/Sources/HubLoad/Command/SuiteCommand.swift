import ArgumentParser

/// `hub-load suite`: the standard set, or some scenarios of it.
struct SuiteCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "suite",
        abstract: "Runs the standard set, which is what the goals are judged by."
    )

    @Argument(help: "Scenarios: \(Scenario.allCases.map(\.rawValue).joined(separator: ", ")); without one all of them.")
    var scenarios: [Scenario] = []

    @OptionGroup var options: MeasureOptions

    func run() throws {
        try options.measure(Comparison.all.filter { scenarios.isEmpty || scenarios.contains($0.plan.scenario) })
    }
}
