import AsyncHTTPClient
package import Domain
import NIOCore
import NIOHTTP1
import Synchronization

/// Asks OpenAI, or a server that speaks its API, for answers in a stream.
///
/// The address is the operator's own setting; redirects are not followed, so that the key never reaches another host.
/// Source: OpenAI API reference, "Create chat completion"; the guide "Error codes".
package final class OpenAIClient: LanguageModel {
    package struct Account: Sendable, CustomStringConvertible {
        package var baseURL = OpenAICheck.usualURL
        package let model: String
        fileprivate let key: String

        package init(model: String, key: String) {
            self.model = model
            self.key = key
        }

        package var description: String { "the model \(model)" }
    }

    private let account: Account
    private let limits: CompletionLimits
    private let client: HTTPClient
    private let now: @Sendable () -> Timestamp
    private let chance: @Sendable () -> Double
    private let state = Mutex(State())

    private struct State {
        var dialect = CompletionDialect()
        var breaker = CircuitBreaker()
        var endings: [String: UInt64] = [:]
        var underWay = 0
    }

    /// - Parameter chance: From 0 to 1; spreads retries.
    package init(
        _ account: Account,
        limits: CompletionLimits = CompletionLimits(),
        now: @escaping @Sendable () -> Timestamp,
        chance: @escaping @Sendable () -> Double = { Double.random(in: 0...1) }
    ) {
        self.account = account
        self.limits = limits
        self.now = now
        self.chance = chance
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow,
            connectionPool: .init(idleTimeout: .seconds(15), concurrentHTTP1ConnectionsPerHostSoftLimit: 64)
        )
        configuration.timeout.connect = .milliseconds(limits.connect.milliseconds)
        // `CompletionRetry` knows how often.
        configuration.connectionPool.retryConnectionEstablishment = false
        client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    /// Ends its connections; for a client that does not live as long as the process.
    package func close() async {
        try? await client.shutdown()
    }

    package func answer(_ request: CompletionRequest) -> AsyncThrowingStream<CompletionPart, any Error> {
        AsyncThrowingStream { continuation in
            let work = Task {
                do {
                    let whole = try await self.answer(request) { continuation.yield(.text($0)) }
                    continuation.yield(.whole(whole))
                    continuation.finish()
                } catch {
                    continuation.finish(throwing: error)
                }
            }
            continuation.onTermination = { _ in work.cancel() }
        }
    }

    // MARK: Tries

    private func answer(
        _ request: CompletionRequest,
        _ show: @escaping @Sendable (String) -> Void
    ) async throws -> Completion {
        let shown = Atomic(false)
        var retries = 0
        while true {
            do {
                return try await attempt(request) { text in
                    shown.store(true, ordering: .relaxed)
                    show(text)
                }
            } catch let failure as CompletionFailure {
                if state.withLock({ $0.dialect.learn(from: failure) }) { continue }
                let wasShown = shown.load(ordering: .relaxed)
                guard
                    let pause = limits.retry.pause(
                        after: failure, retries: retries, wasShown: wasShown, chance: chance())
                else { throw failure }
                retries += 1
                try await Task.sleep(for: pause)
            }
        }
    }

    private func attempt(
        _ request: CompletionRequest,
        _ show: @escaping @Sendable (String) -> Void
    ) async throws -> Completion {
        let isAdmitted = state.withLock { state in
            guard state.breaker.admits(at: .now) else { return false }
            state.underWay += 1
            return true
        }
        guard isAdmitted else {
            throw CompletionFailure(.resting, "the model failed several times in a row and rests for a moment")
        }
        do {
            let answer = try await watched(request, show)
            settle("answered") { $0.succeeded() }
            return answer
        } catch let failure as CompletionFailure {
            settle(failure.kind.name) { breaker in
                if failure.isOfService { breaker.failed(at: .now) } else { breaker.gaveUp(at: .now) }
            }
            throw failure
        } catch {
            settle("cancelled") { $0.gaveUp(at: .now) }
            throw error
        }
    }

    private func settle(_ ending: String, _ tell: (inout CircuitBreaker) -> Void) {
        state.withLock { state in
            state.underWay -= 1
            state.endings[ending, default: 0] += 1
            tell(&state.breaker)
        }
    }

    /// One request, ended when it stands still.
    private func watched(
        _ request: CompletionRequest,
        _ show: @escaping @Sendable (String) -> Void
    ) async throws -> Completion {
        let watch = StreamWatch(first: limits.firstPiece, between: limits.nextPiece, whole: limits.whole)
        return try await withThrowingTaskGroup(of: Completion.self) { group in
            group.addTask { try await self.read(request, watch, show) }
            group.addTask {
                try await watch.wait()
                throw CompletionFailure(.truncated, "the answer stood still or took too long")
            }
            defer { group.cancelAll() }
            // There are two, so the first one is there.
            guard let first = try await group.next() else { throw CancellationError() }
            return first
        }
    }

    private func read(
        _ request: CompletionRequest,
        _ watch: StreamWatch,
        _ show: (String) -> Void
    ) async throws -> Completion {
        let response = try await response(to: request)
        guard response.status == .ok else { throw await failure(response) }
        var reader = CompletionReader(maxEventBytes: limits.maxEventBytes)
        do {
            for try await piece in response.body {
                let added = try reader.feed(piece.readableBytesView)
                if !added.isEmpty {
                    watch.progressed()
                    show(added)
                }
                if reader.isDone { break }
            }
        } catch let failure as CompletionFailure {
            throw failure
        } catch {
            try Task.checkCancellation()
            throw CompletionFailure(.truncated, "the connection broke in the middle of the answer")
        }
        let (last, whole) = try reader.finish()
        if !last.isEmpty { show(last) }
        return whole
    }

    private func response(to request: CompletionRequest) async throws -> HTTPClientResponse {
        let dialect = state.withLock { $0.dialect }
        var call = HTTPClientRequest(url: "\(account.baseURL)/chat/completions")
        call.method = .POST
        call.headers.add(name: "Authorization", value: "Bearer \(account.key)")
        call.headers.add(name: "Content-Type", value: "application/json")
        call.headers.add(name: "Accept", value: "text/event-stream")
        call.headers.add(name: "User-Agent", value: "TwoCardsHub")
        call.body = .bytes(ByteBuffer(string: request.json(model: account.model, dialect).text))
        do {
            return try await client.execute(call, timeout: .milliseconds(limits.whole.milliseconds))
        } catch {
            // The error itself may hold the address with what the operator wrote into it.
            try Task.checkCancellation()
            throw CompletionFailure(.unreachable, "the server cannot be reached")
        }
    }

    private static let maxErrorBytes = 64 * 1024

    private func failure(_ response: HTTPClientResponse) async -> CompletionFailure {
        let body = try? await response.body.collect(upTo: Self.maxErrorBytes)
        return CompletionFailure(
            status: Int(response.status.code),
            body: body.map { String(buffer: $0) } ?? "",
            retryAfter: RetryAfter.pause(
                milliseconds: response.headers.first(name: "retry-after-ms"),
                response.headers.first(name: "retry-after"),
                at: now()
            )
        )
    }
}

extension OpenAIClient: MetricSource {
    package func families() async -> [MetricFamily] {
        let (endings, underWay, isClosed) = state.withLock { ($0.endings, $0.underWay, $0.breaker.isClosed) }
        return [
            .counter(
                "hub_model_requests_total", "Requests to the language model, by how they ended.",
                endings.sorted { $0.key < $1.key }.map { ([MetricFamily.Label("outcome", $0.key)], Double($0.value)) }),
            .gauge("hub_model_under_way", "Answers that are being written.", Double(underWay)),
            .gauge("hub_model_resting", "1 while the language model is left alone after failures.", isClosed ? 0 : 1),
        ]
    }
}
