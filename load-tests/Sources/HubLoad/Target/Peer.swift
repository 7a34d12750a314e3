import Foundation

/// What can be measured: a folder with a program `start` or `limit` (see `load-tests/README.md`).
struct Peer {
    let name: String
    /// Its folder.
    let path: String

    /// Whether it speaks the hub's protocol; all others broadcast what they get.
    var target: any Target {
        name.hasPrefix("hub") ? HubTarget() : BroadcastTarget()
    }

    /// Whether it is no server, but says how fast a database takes the hub's rows.
    var isDatabase: Bool {
        name.hasPrefix("database")
    }

    /// Whether it only has products to read.
    var isShop: Bool {
        name.hasSuffix("sqlmodel")
    }

    /// Whether a scenario means anything to it.
    func takesPart(in scenario: Scenario) -> Bool {
        if scenario == .webhook || scenario == .answers { return name.hasPrefix("hub") }
        return scenario.isRest ? isShop || name == "hub" : !isShop
    }

    var program: String {
        path + (isDatabase ? "/limit" : "/start")
    }

    /// The peers in a folder, by name.
    static func all(in folder: String) -> [Peer] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.sorted()
            .map { Peer(name: $0, path: folder + "/" + $0) }
            .filter { FileManager.default.isExecutableFile(atPath: $0.program) }
    }

    /// Why it can't take part; nil when it can.
    func absence() -> String? {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = ["check"]
        process.standardOutput = output
        do {
            try process.run()
        } catch {
            return "\(error)"
        }
        let reason = (try? output.fileHandleForReading.readToEnd()) ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus != 0 else { return nil }
        return String(decoding: reason, as: UTF8.self).split(separator: "\n").first.map(String.init) ?? "not installed"
    }
}
