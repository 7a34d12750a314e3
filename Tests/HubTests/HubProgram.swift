import Foundation

/// The built program `hub`, run as a person runs it.
struct HubProgram {
    struct Ending: Sendable {
        let status: Int32
        let output: String
        let errors: String
    }

    /// The working directory, with the data in `data`.
    let folder: TemporaryFolder
    var environment: [String: String] = [:]

    /// Beside the program that runs these tests.
    private static let path: String = {
        let own =
            (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
        return (own as NSString).deletingLastPathComponent + "/hub"
    }()

    func run(_ arguments: String..., input: String = "") async throws -> Ending {
        try await run(arguments, input: input)
    }

    func run(_ arguments: [String], input: String = "") async throws -> Ending {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: Self.path)
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
        process.environment = environment
        let (stdin, stdout, stderr) = (Pipe(), Pipe(), Pipe())
        process.standardInput = stdin
        process.standardOutput = stdout
        process.standardError = stderr
        return try await withCheckedThrowingContinuation { continuation in
            process.terminationHandler = { process in
                // What the commands print fits into a pipe, so it can be read when they have ended.
                let output = stdout.fileHandleForReading.readDataToEndOfFile()
                let errors = stderr.fileHandleForReading.readDataToEndOfFile()
                continuation.resume(
                    returning: Ending(
                        status: process.terminationStatus,
                        output: String(decoding: output, as: UTF8.self),
                        errors: String(decoding: errors, as: UTF8.self)
                    )
                )
            }
            do {
                try process.run()
            } catch {
                return continuation.resume(throwing: error)
            }
            // A program that wants none of it may have ended by now.
            try? stdin.fileHandleForWriting.write(contentsOf: Data(input.utf8))
            try? stdin.fileHandleForWriting.close()
        }
    }
}
