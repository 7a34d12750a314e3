import Foundation
import Synchronization

/// Takes whole lines; those of several threads do not mix.
final class LogSink: Sendable {
    private let put: Mutex<@Sendable (String) -> Void>

    init(_ put: @escaping @Sendable (String) -> Void) {
        self.put = Mutex(put)
    }

    /// Takes the line without its break.
    func write(_ line: String) {
        put.withLock { $0(line) }
    }

    /// A log that cannot be written is no reason to stop serving: then the line is lost.
    static let standardError = LogSink { line in
        try? FileHandle.standardError.write(contentsOf: Data((line + "\n").utf8))
    }
}
