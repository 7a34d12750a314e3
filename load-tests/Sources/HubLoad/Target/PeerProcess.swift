import Foundation
import Glibc

/// A peer that was started for one run, in a temporary folder that goes with it.
final class PeerProcess {
    let port: Int
    var id: Int32 { process.processIdentifier }

    private let process = Process()
    /// Where it keeps its files.
    let folder: String

    /// Starts it on a free port of the loopback and waits until it listens.
    ///
    /// It dies with this process, whatever ends it.
    convenience init(_ peer: Peer, deflate: Bool, environment: [String: String] = [:]) throws(LoadError) {
        try self.init(
            peer.name, program: peer.program, arguments: [deflate ? "on" : "off"], environment: environment)
    }

    /// - Parameters:
    ///   - arguments: What follows the port and the folder.
    ///   - environment: Beside that of this process.
    init(
        _ name: String,
        program: String,
        arguments: [String] = [],
        environment: [String: String] = [:]
    ) throws(LoadError) {
        port = try Connector.freePort()
        folder = NSTemporaryDirectory() + "/hub-load-\(UUID().uuidString)"
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            let log = folder + "/log"
            _ = FileManager.default.createFile(atPath: log, contents: nil)
            process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
            process.arguments = ["setpriv", "--pdeathsig", "TERM", program, String(port), folder] + arguments
            process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
            process.standardOutput = FileHandle(forWritingAtPath: log)
            process.standardError = process.standardOutput
            try process.run()
        } catch {
            throw LoadError("could not start \(name): \(error)")
        }
        let deadline = MonotonicTime.after(seconds: 30)
        while !Connector.isOpen(port) {
            guard process.isRunning, MonotonicTime.now < deadline else {
                let log = (try? String(contentsOfFile: folder + "/log", encoding: .utf8)) ?? ""
                throw LoadError("\(name) did not start:\n\(log)")
            }
            usleep(20_000)
        }
    }

    var usage: ProcessUsage {
        ProcessUsage(of: id)
    }

    /// What it wrote to its outputs.
    var log: String {
        (try? String(contentsOfFile: folder + "/log", encoding: .utf8)) ?? ""
    }

    deinit {
        stop()
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// Asks it to end, and ends it after five seconds.
    private func stop() {
        guard process.isRunning else { return }
        process.terminate()
        let deadline = MonotonicTime.after(seconds: 5)
        while process.isRunning, MonotonicTime.now < deadline {
            usleep(20_000)
        }
        if process.isRunning {
            kill(id, SIGKILL)
            process.waitUntilExit()
        }
    }
}
