import Domain
import Integrations
import Logging
import Synchronization
import Testing

@testable import Hub

@Suite struct LogLineTests {
    private func line(_ message: String, _ metadata: Logger.Metadata = [:]) -> LogLine {
        LogLine(
            at: Timestamp(milliseconds: 1_795_000_000_500),
            level: .info,
            label: "hub",
            message: message,
            metadata: metadata
        )
    }

    @Test func textIsOneLineForPeople() {
        #expect(
            line("room loaded", ["room.id": "r_1", "count": "3", "why": "two words", "no": ""]).text(.text)
                == #"2026-11-18T11:06:40.500Z info     hub: room loaded count=3 no="" room.id=r_1 why="two words""#
        )
    }

    @Test func jsonIsOneObjectForMachines() throws {
        let text = line("غرفة", ["room.id": "r_1", "list": ["a", "b"], "map": ["k": "v\n"]]).text(.json)
        #expect(
            text == #"{"time":"2026-11-18T11:06:40.500Z","level":"info","label":"hub","message":"غرفة","#
                + #""metadata":{"list":["a","b"],"map":{"k":"v\n"},"room.id":"r_1"}}"#
        )
        #expect(line("bare").text(.json).hasSuffix(#""message":"bare"}"#))
    }

    @Test(arguments: LogFormat.allCases)
    func nothingLoggedCanPretendToBeAnotherLine(_ format: LogFormat) {
        let hostile = "a\n2026 error hub: b\r\u{2028}\u{1B}[31m\u{85}"
        let text = line(hostile, ["k": "\(hostile)", "\n": "x"]).text(format)
        #expect(!text.unicodeScalars.contains { $0 == "\n" || $0 == "\r" || $0 == "\u{1B}" })
        if format == .text { #expect(!text.unicodeScalars.contains { $0 == "\u{2028}" || $0 == "\u{85}" }) }
    }

    @Test(arguments: LogFormat.allCases)
    func secretsAreNotShown(_ format: LogFormat) throws {
        let sink = CapturingSink()
        var logger = Logger(label: "test") { label in
            HubLogHandler(label: label, format: format, sink: sink.sink, logLevel: .trace)
        }
        logger[metadataKey: "access_token"] = "hunter2"
        let secret = SecretText("hunter2")
        let master = try MasterSecret(base64: SettingsTests.secret)
        logger.trace(
            "signed in \(secret) \(master)",
            metadata: [
                "password": "hunter2", "refresh-token": "hunter2", "Authorization": "Bearer hunter2",
                "cookie": "hunter2",
                "clientSecret": "hunter2", "held": .stringConvertible(secret), "master": .stringConvertible(master),
            ]
        )
        if format == .json { logger.info("nested", metadata: ["in": ["api_key": "hunter2", "tokens": "3"]]) }
        #expect(!sink.text.contains("hunter2") && !sink.text.contains(SettingsTests.secret))
        #expect(sink.text.contains("signed in <secret> <secret>"))
    }

    @Test func theLevelAndTheMetadataOfAllPlacesCount() {
        let sink = CapturingSink()
        var logger = Logger(
            label: "test",
            factory: { label in
                HubLogHandler(
                    label: label,
                    format: .text,
                    sink: sink.sink,
                    logLevel: .notice,
                    metadataProvider: .init { ["b": "provider", "c": "provider"] }
                )
            }
        )
        logger[metadataKey: "a"] = "logger"
        logger[metadataKey: "b"] = "logger"
        logger.info("not this one")
        logger.notice("this one", metadata: ["c": "call"])
        #expect(sink.text.hasSuffix("notice   test: this one a=logger b=provider c=call"))
        #expect(!sink.text.contains("not this one"))
    }
}

/// Keeps what is logged.
private final class CapturingSink: Sendable {
    private let lines = Mutex<[String]>([])

    var sink: LogSink { LogSink { line in self.lines.withLock { $0.append(line) } } }
    var text: String { lines.withLock { $0.joined(separator: "\n") } }
}
