import Foundation

/// Measures how fast a database alone takes the rows that the hub writes.
struct DatabaseLimit {
    /// Rows of one transaction: about the mean of the hub's own with 64 senders.
    private static let batch = 32

    /// Called with batch, seconds and a folder; prints rows and seconds in its last line.
    let program: String

    func measure(_ plan: Plan, into figures: inout Figures) throws(LoadError) {
        let folder = NSTemporaryDirectory() + "/hub-load-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = [String(Self.batch), String(plan.seconds), folder]
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        var text = ""
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try process.run()
            text = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        } catch {
            throw LoadError("could not run \(program): \(error)")
        }
        process.waitUntilExit()
        let words = text.split(separator: "\n").last?.split(separator: " ") ?? []
        guard process.terminationStatus == 0, words.count == 2, let rows = Int(words[0]), let seconds = Double(words[1])
        else {
            throw LoadError("\(program) ended with \(process.terminationStatus) and said: \(text)")
        }
        figures.published = rows
        figures.seconds = seconds
    }
}
