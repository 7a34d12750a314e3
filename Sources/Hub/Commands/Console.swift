import Foundation

/// Standard output and error for people, and passwords from them.
enum Console {
    /// Writes to standard output at once, never through the log.
    static func write(_ text: String) {
        try? FileHandle.standardOutput.write(contentsOf: Data(text.utf8))
    }

    static func writeLine(_ text: String) {
        write(text + "\n")
    }

    static func writeError(_ line: String) {
        try? FileHandle.standardError.write(contentsOf: Data((line + "\n").utf8))
    }
}
