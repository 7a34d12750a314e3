import ArgumentParser
import Logging

/// `hub doctor`
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Check configuration, disk, keys, port and database.",
        discussion: "One line for each thing, ✓ or ✗ with what to do. The exit status is 0 when all is well, else 1."
    )

    func run() async throws {
        let findings = await findings()
        for finding in findings { Console.writeLine(finding.line) }
        if !findings.allSatisfy(\.isGood) { throw ExitCode(1) }
    }

    private func findings() async -> [Finding] {
        do throws(ConfigurationError) {
            let configuration = try ProcessEnvironment.configuration()
            // The findings tell everything; the log would tell it twice.
            let silent = Logger(label: "doctor") { _ in SwiftLogNoOpLogHandler() }
            return await Doctor(configuration: configuration, logger: silent).examine()
        } catch {
            return [.bad("Configuration: \(error.name): \(error.problem)", advice: "Accepted: \(error.accepted)")]
        }
    }
}
