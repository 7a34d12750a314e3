import ArgumentParser
import Foundation

/// What `run` and `suite` have in common: peers, repetitions, and where the results go.
struct MeasureOptions: ParsableArguments {
    @Option(help: "A folder in --peers; may be given more than once. Without it all that are installed take part.")
    var target: [String] = []

    @Option(help: "The folder of the peers.")
    var peers = "load-tests/peers"

    @Option(help: "How often each is run, in turn; the figures are those of the run in the middle.")
    var `repeat` = 1

    @Option(help: "The folder for the JSON file and the chart.")
    var output = "load-tests/results"

    @Option(help: "The commit of the hub, for the report.")
    var revision = ""

    func validate() throws {
        guard `repeat` > 0 else { throw ValidationError("--repeat is 1 or more") }
        let known = Peer.all(in: peers).map(\.name)
        for name in target where !known.contains(name) {
            throw ValidationError("no target '\(name)' in \(peers); there are: \(known.joined(separator: ", "))")
        }
    }

    /// Runs plans against targets, prints the report and writes the files.
    func measure(_ suites: [Comparison]) throws {
        Connector.raiseDescriptorLimit()
        var results = Results(revision: revision)
        let peers = Peer.all(in: peers)
        for peer in peers where target.isEmpty || target.contains(peer.name) {
            results.absent[peer.name] = peer.absence()
        }
        for suite in suites {
            let chosen = suite.targets.compactMap { name in peers.first { $0.name == name } }
                .filter { (target.isEmpty || target.contains($0.name)) && results.absent[$0.name] == nil }
            results.runs += rounds(of: suite.plan, chosen)
            // After each, so that what is ended early has not been for nothing.
            try write(results)
        }
        print(Report(results: results).plain)
        print("\n\(path(of: results)).json\n\(path(of: results)).svg")
        if results.runs.contains(where: { $0.failure != nil && $0.target.hasPrefix("hub") }) {
            throw ExitCode.failure
        }
    }

    private func rounds(of plan: Plan, _ peers: [Peer]) -> [Figures] {
        var rounds: [[Figures]] = peers.map { _ in [] }
        for round in 0..<`repeat` {
            for (index, peer) in peers.enumerated() {
                let progress = Progress(title: "\(peer.name), \(plan.title), \(round + 1) of \(`repeat`)")
                rounds[index].append(Run(plan: plan, peer: peer, progress: progress).figures())
            }
        }
        return rounds.compactMap(Figures.middle)
    }

    private func write(_ results: Results) throws {
        try FileManager.default.createDirectory(atPath: output, withIntermediateDirectories: true)
        try results.write(to: path(of: results) + ".json")
        try BarChart(results).svg.write(toFile: path(of: results) + ".svg", atomically: true, encoding: .utf8)
    }

    private func path(of results: Results) -> String {
        "\(output)/\(results.date.replacingOccurrences(of: ":", with: ""))"
    }
}
