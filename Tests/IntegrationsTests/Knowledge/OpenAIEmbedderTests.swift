import Domain
import HubTestKit
import Logging
import Testing

@testable import Integrations

@Suite(.timeLimit(.minutes(5))) struct OpenAIEmbedderTests {
    private static let key = "sk-secret-key"

    private static func embedder(_ url: String, _ batches: EmbeddingBatches = EmbeddingBatches()) -> OpenAIEmbedder {
        var account = OpenAIAccount(model: "meaning", key: key)
        account.baseURL = url
        var limits = CompletionLimits()
        limits.retry.firstPause = .milliseconds(1)
        return OpenAIEmbedder(
            account, batches: batches, limits: limits,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            now: { Timestamp(milliseconds: 1_795_000_000_000) }, chance: { 0 })
    }

    private static let one = ScriptedServer.json(200, #"{"data":[{"index":0,"embedding":[1,0]}]}"#)

    /// What texts give at a server with this script: the vectors, or why there are none, and what it was asked.
    private static func ask(
        _ texts: [String],
        _ acts: ScriptedServer.Act...,
        batches: EmbeddingBatches = EmbeddingBatches()
    ) async throws -> (Result<[EmbeddingVector], CompletionFailure>, [String]) {
        let server = try await ScriptedServer(acts)
        let embedder = embedder(server.url, batches)
        let result: Result<[EmbeddingVector], CompletionFailure>
        do {
            result = .success(try await embedder.vectors(of: texts))
        } catch let failure as CompletionFailure {
            #expect(!failure.details.contains(key))
            result = .failure(failure)
        }
        await embedder.close()
        return (result, server.requests)
    }

    private static func body(_ request: String?) throws -> JSONValue {
        let parts = try #require(request).split(separator: "\r\n\r\n", maxSplits: 1)
        return try JSONParser.parse(String(try #require(parts.last)), maxDepth: 8)
    }

    @Test func textsGiveVectorsInTheirOrder() async throws {
        let answer = #"{"data":[{"index":1,"embedding":[0,1]},{"index":0,"embedding":"AACAPwAAAAA="}]}"#
        let (result, requests) = try await Self.ask(["أ", "ب"], ScriptedServer.json(200, answer))
        #expect(try result.get().map(\.numbers) == [[1, 0], [0, 1]])
        let request = try #require(requests.first)
        #expect(request.hasPrefix("POST /embeddings HTTP/1.1\r\n"))
        #expect(request.contains("Authorization: Bearer \(Self.key)\r\n"))
        #expect(
            try Self.body(request) == ["model": "meaning", "input": ["أ", "ب"], "encoding_format": "base64"])
    }

    @Test func manyTextsGoInSeveralRequests() async throws {
        var batches = EmbeddingBatches()
        batches.maxTexts = 1
        let (result, requests) = try await Self.ask(["أ", "ب", "ج"], Self.one, batches: batches)
        #expect(try result.get().count == 3 && requests.count == 3)
    }

    @Test func whatPassesIsAskedAgainAndWhatDoesNotIsNot() async throws {
        let busy = ScriptedServer.json(503, "<html>")
        #expect(try await Self.ask(["أ"], busy, .hangUp, Self.one).0.get().count == 1)
        let (result, requests) = try await Self.ask(["أ"], ScriptedServer.json(401, #"{"error":{"code":"x"}}"#))
        #expect(throws: CompletionFailure(.badCredential, "HTTP 401")) { try result.get() }
        #expect(requests.count == 1)
    }

    @Test func aServerThatKnowsNoBase64IsAskedForNumbers() async throws {
        let refusal = ScriptedServer.json(400, #"{"error":{"message":"no","param":"encoding_format"}}"#)
        let (result, requests) = try await Self.ask(["أ"], refusal, Self.one)
        #expect(try result.get().count == 1 && requests.count == 2)
        #expect(try Self.body(requests.last)["encoding_format"] == nil)
        // A server that refuses it all the same is not asked for ever.
        let (again, tries) = try await Self.ask(["أ"], refusal)
        #expect(throws: CompletionFailure.self) { try again.get() }
        #expect(tries.count == 2)
    }

    @Test(arguments: [
        #"{"data":[]}"#, "<html>", #"{"data":[{"index":0,"embedding":[1]},{"index":1,"embedding":[2]}]}"#,
    ])
    func whatIsNoAnswerIsRefused(_ body: String) async throws {
        let (result, _) = try await Self.ask(["أ"], ScriptedServer.json(200, body))
        let failure = #expect(throws: CompletionFailure.self) { try result.get() }
        #expect(failure?.kind == .malformed)
    }

    @Test func theKeyIsNeverShown() async throws {
        let account = OpenAIAccount(model: "m", key: Self.key)
        var dumped = ""
        dump(account, to: &dumped)
        for text in ["\(account)", String(reflecting: account), dumped] { #expect(!text.contains(Self.key)) }
    }

    @Test func aServerThatFailsIsLeftAlone() async throws {
        let server = try await ScriptedServer([ScriptedServer.json(401, "{}")])
        let embedder = Self.embedder(server.url)
        var kinds: [CompletionFailure.Kind] = []
        for _ in 0..<7 {
            do { _ = try await embedder.vectors(of: ["أ"]) } catch let failure as CompletionFailure {
                kinds.append(failure.kind)
            }
        }
        #expect(kinds.suffix(2) == [.resting, .resting] && server.requests.count == 5)
        let resting = await embedder.families().first { $0.name == "hub_embedding_resting" }
        #expect(resting?.samples.first?.value == 1)
        await embedder.close()
    }
}
