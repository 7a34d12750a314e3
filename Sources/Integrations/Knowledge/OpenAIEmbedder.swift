import AsyncHTTPClient
package import Domain
package import Logging
import NIOCore
import NIOHTTP1
import Synchronization

/// Has OpenAI, or a server that speaks its API, tell what texts mean.
///
/// Source: OpenAI API reference, "Create embeddings".
package final class OpenAIEmbedder: EmbeddingModel {
    private let account: OpenAIAccount
    private let batches: EmbeddingBatches
    private let limits: CompletionLimits
    private let connection: OpenAIConnection
    /// Half as many bytes as numbers in digits; not every server knows it.
    private let takesBase64 = Mutex(true)

    /// 64 vectors of 3,072 numbers in digits take 4 MB.
    private static let maxAnswerBytes = 32 << 20

    package var name: String { account.model }

    /// - Parameter chance: From 0 to 1; spreads retries.
    package init(
        _ account: OpenAIAccount,
        batches: EmbeddingBatches = EmbeddingBatches(),
        limits: CompletionLimits = CompletionLimits(),
        logger: Logger,
        now: @escaping @Sendable () -> Timestamp,
        chance: @escaping @Sendable () -> Double = { Double.random(in: 0...1) }
    ) {
        self.account = account
        self.batches = batches
        self.limits = limits
        connection = OpenAIConnection(account, limits, logger: logger, now: now, chance: chance)
    }

    /// Ends its connections at once; else they end when nobody holds the client any more.
    package func close() async {
        await connection.close()
    }

    package func vectors(of texts: [String]) async throws -> [EmbeddingVector] {
        var vectors: [EmbeddingVector] = []
        for batch in batches.split(texts) {
            vectors += try await connection.repeating { failure in
                self.learn(from: failure)
            } attempt: {
                try await self.ask(batch)
            }
        }
        guard Set(vectors.map(\.dimensions)).count <= 1 else {
            throw CompletionFailure(.malformed, "the vectors of several answers do not fit each other")
        }
        return vectors
    }

    private func learn(from failure: CompletionFailure) -> Bool {
        guard case .badRequest(parameter: "encoding_format") = failure.kind else { return false }
        return takesBase64.withLock { takes in
            defer { takes = false }
            return takes
        }
    }

    private func ask(_ texts: [String]) async throws -> [EmbeddingVector] {
        var members: [String: JSONValue] = [
            "model": .string(account.model), "input": .array(texts.map(JSONValue.string)),
        ]
        if takesBase64.withLock({ $0 }) { members["encoding_format"] = "base64" }
        let response = try await connection.post("/embeddings", .object(members))
        do {
            guard response.status == .ok else { throw await connection.failure(response) }
            return try EmbeddingAnswer.vectors(try await json(of: response), count: texts.count)
        } catch var failure as CompletionFailure {
            failure.requestID = response.headers.first(name: "x-request-id").map { String($0.prefix(100)) }
            throw failure
        }
    }

    /// Nil when it is none.
    private func json(of response: HTTPClientResponse) async throws -> JSONValue? {
        do {
            let body = try await response.body.collect(upTo: Self.maxAnswerBytes)
            return try? JSONParser.parse(String(buffer: body), maxDepth: 16)
        } catch {
            try Task.checkCancellation()
            throw CompletionFailure(.truncated, "the connection broke in the middle of the answer")
        }
    }
}

extension OpenAIEmbedder: MetricSource {
    package func families() async -> [MetricFamily] {
        let counts = connection.counts
        return [
            .counter(
                "hub_embedding_requests_total", "Requests for vectors of texts, by how they ended.", counts.endings),
            .gauge(
                "hub_embedding_resting", "1 while the embedding model is left alone after failures.",
                counts.isResting ? 1 : 0),
        ]
    }
}
