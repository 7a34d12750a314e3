import Domain
import Foundation
import Logging

/// Writes the log to standard error, in the format and from the level that are set.
struct HubLogHandler: LogHandler {
    let label: String
    let format: LogFormat
    let sink: LogSink
    var logLevel: Logger.Level
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var metadata = metadata
        metadata.merge(metadataProvider?.get() ?? [:]) { $1 }
        metadata.merge(event.metadata ?? [:]) { $1 }
        if let error = event.error { metadata["error"] = "\(error)" }
        let line = LogLine(
            at: .present,
            level: event.level,
            label: label,
            message: event.message.description,
            metadata: metadata
        )
        sink.write(line.text(format))
    }

    /// Sets up the log of this process; called once, by the command that runs.
    static func bootstrap(_ configuration: HubConfiguration) {
        let (format, level) = (configuration.logFormat, configuration.logLevel)
        LoggingSystem.bootstrap { label in
            HubLogHandler(label: label, format: format, sink: .standardError, logLevel: level)
        }
    }
}
