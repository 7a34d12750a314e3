import Foundation
import Testing

@testable import HubLoad

/// The built `hub-load` against the built `hub` and the raw bound.
@Suite struct SmokeTests {
    private func run(_ arguments: String..., output: String) async throws -> Results {
        let process = Process()
        let (ended, end) = AsyncStream<Void>.makeStream()
        process.executableURL = URL(fileURLWithPath: Place.programs + "/hub-load")
        process.arguments =
            ["run", "--peers", Place.peers, "--output", output, "--warmup", "0.2", "--target", "hub"] + arguments
        process.environment = ProcessInfo.processInfo.environment
            .filter { !$0.key.hasPrefix("HUB_") }
            .merging(["HUB_BINARY": Place.programs + "/hub"]) { $1 }
        process.standardOutput = FileHandle.nullDevice
        process.terminationHandler = { _ in end.finish() }
        try process.run()
        for await _ in ended {}
        let files = try FileManager.default.contentsOfDirectory(atPath: output)
        #expect(files.contains { $0.hasSuffix(".svg") })
        return try Results(path: output + "/" + #require(files.first { $0.hasSuffix(".json") }))
    }

    private func withFolder(_ body: (String) async throws -> Void) async throws {
        let folder = NSTemporaryDirectory() + "hub-load-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await body(folder)
    }

    @Test(arguments: ["off", "on"]) func nothingIsLostOrDoubled(deflate: String) async throws {
        try await withFolder { folder in
            let results = try await run(
                "--members", "20", "--rate", "100", "--seconds", "1", "--deflate", deflate, output: folder
            )
            let hub = try #require(results.runs.first)
            #expect(hub.failure == nil)
            #expect(hub.deliveries > 100)
            #expect((hub.lost, hub.duplicates) == (0, 0))
            #expect(hub.cpuPerDelivery ?? 0 > 0)
            #expect(hub.latency?.p50 ?? 0 > 0)
        }
    }

    @Test func everybodyComesBackAndMissesNothing() async throws {
        try await withFolder { folder in
            let results = try await run("--scenario", "storm", "--members", "50", output: folder)
            let hub = try #require(results.runs.first)
            #expect(hub.failure == nil)
            #expect((hub.lost, hub.duplicates) == (0, 0))
            #expect(hub.more[MoreKey.secondsUntilLive] ?? 0 > 0)
        }
    }

    @Test func answersGrowWhilePeopleChat() async throws {
        try await withFolder { folder in
            let results = try await run("--scenario", "answers", "--rooms", "5", "--seconds", "4", output: folder)
            let hub = try #require(results.runs.first)
            #expect(hub.failure == nil)
            #expect((hub.lost, hub.duplicates) == (0, 0))
            #expect(hub.more[MoreKey.growingAnswers] == 5)
            #expect(hub.latency?.p50 ?? 0 > 0)
        }
    }

    @Test func aProductIsReadAgainAndAgain() async throws {
        try await withFolder { folder in
            let results = try await run("--scenario", "rest", "--members", "2", "--seconds", "0.5", output: folder)
            let hub = try #require(results.runs.first)
            #expect(hub.failure == nil)
            #expect(hub.deliveries > 2)
            #expect(hub.cpuPerDelivery ?? 0 > 0)
        }
    }

    @Test func sendersThatWaitGetTheirOwnMessages() async throws {
        try await withFolder { folder in
            let results = try await run("--scenario", "publish", "--rooms", "8", "--seconds", "1", output: folder)
            let hub = try #require(results.runs.first)
            #expect(hub.failure == nil)
            #expect(hub.published > 8)
            #expect((hub.lost, hub.duplicates) == (0, 0))
        }
    }
}
