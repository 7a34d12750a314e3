import AsyncHTTPClient
import Domain
import Glibc
import Logging
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// Sends requests to a server that speaks OpenAI's API, and knows when to ask again and when to leave it alone.
///
/// Each use has one of its own, so that one that does not work never stops another. The address is the operator's own
/// setting; redirects are not followed, so that the key never reaches another host.
/// Source: OpenAI API reference; the guide "Error codes".
final class OpenAIConnection: Sendable {
    struct Counts: Sendable {
        fileprivate(set) var endings: [([MetricFamily.Label], Double)]
        fileprivate(set) var underWay: Int
        fileprivate(set) var isResting: Bool
    }

    /// Of the thread that reads answers (setpriority(2): on Linux it holds for the calling thread alone).
    private static let niceness: Int32 = 10

    private let account: OpenAIAccount
    private let limits: CompletionLimits
    private let threads = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    private let client: HTTPClient
    private let logger: Logger
    private let now: @Sendable () -> Timestamp
    private let chance: @Sendable () -> Double
    private let state = Mutex(State())

    private struct State {
        var breaker = CircuitBreaker()
        var endings: [String: UInt64] = [:]
        var underWay = 0
    }

    init(
        _ account: OpenAIAccount,
        _ limits: CompletionLimits,
        logger: Logger,
        now: @escaping @Sendable () -> Timestamp,
        chance: @escaping @Sendable () -> Double
    ) {
        self.account = account
        self.limits = limits
        self.logger = logger
        self.now = now
        self.chance = chance
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow,
            connectionPool: .init(
                idleTimeout: .seconds(15), concurrentHTTP1ConnectionsPerHostSoftLimit: limits.maxStreams)
        )
        configuration.timeout.connect = .milliseconds(limits.connect.milliseconds)
        // `CompletionRetry` knows how often.
        configuration.connectionPool.retryConnectionEstablishment = false
        client = HTTPClient(eventLoopGroupProvider: .shared(threads), configuration: configuration)
        // People's messages go before a model's words: 15,000 tokens a second are a third of a core.
        threads.next().execute { _ = setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, Self.niceness) }
    }

    func close() async { await Self.close(client, threads) }

    /// Whoever was the last to ask has the answer, or has turned away.
    deinit {
        let (client, threads) = (client, threads)
        Task { await Self.close(client, threads) }
    }

    /// Closing twice is closing once.
    private static func close(_ client: HTTPClient, _ threads: MultiThreadedEventLoopGroup) async {
        try? await client.shutdown()
        try? await threads.shutdownGracefully()
    }

    var counts: Counts {
        state.withLock { state in
            Counts(
                endings: state.endings.sorted { $0.key < $1.key }.map {
                    ([MetricFamily.Label("outcome", $0.key)], Double($0.value))
                },
                underWay: state.underWay,
                isResting: !state.breaker.isClosed
            )
        }
    }

    // MARK: Tries

    /// Does `attempt` until it succeeds or is not worth another try. Throws its last failure, and cancellation.
    ///
    /// - Parameters:
    ///   - wasShown: Whether a part of the answer was seen: then there is no second one.
    ///   - learn: Whether the next request reads otherwise because of this failure; then it is made at once.
    func repeating<Value: Sendable>(
        wasShown: () -> Bool = { false },
        learn: (CompletionFailure) -> Bool,
        attempt: () async throws -> Value
    ) async throws -> Value {
        var retries = 0
        while true {
            do {
                return try await once(attempt)
            } catch let failure as CompletionFailure {
                if learn(failure) { continue }
                let pause = limits.retry.pause(
                    after: failure, retries: retries, wasShown: wasShown(), chance: chance())
                guard let pause else { throw failure }
                retries += 1
                try await Task.sleep(for: pause)
            }
        }
    }

    private func once<Value: Sendable>(_ attempt: () async throws -> Value) async throws -> Value {
        let isAdmitted = state.withLock { state in
            guard state.breaker.admits(at: .now) else { return false }
            state.underWay += 1
            return true
        }
        guard isAdmitted else {
            throw CompletionFailure(.resting, "the model failed several times in a row and rests for a moment")
        }
        do {
            let answer = try await attempt()
            settle("answered") { $0.succeeded() }
            return answer
        } catch let failure as CompletionFailure {
            log(failure)
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

    /// The server's words stay out of the log: they may hold a part of the key.
    private func log(_ failure: CompletionFailure) {
        var metadata: Logger.Metadata = ["failure": "\(failure.kind.name)", "model": "\(account.model)"]
        metadata["request_id"] = failure.requestID.map { "\($0)" }
        logger.log(
            level: failure.needsOperator ? .error : .warning, "the language model did not answer", metadata: metadata)
    }

    // MARK: Requests

    /// Sends one request. Throws `unreachable`, and cancellation.
    ///
    /// - Parameter path: Below the address of the account.
    func post(_ path: String, _ body: JSONValue) async throws -> HTTPClientResponse {
        var call = HTTPClientRequest(url: account.baseURL + path)
        call.method = .POST
        call.headers = headers(accept: "application/json")
        call.body = .bytes(ByteBuffer(string: body.text))
        do {
            return try await client.execute(call, timeout: .milliseconds(limits.whole.milliseconds))
        } catch {
            // The error itself may hold the address with what the operator wrote into it.
            try Task.checkCancellation()
            throw CompletionFailure(.unreachable, "the server cannot be reached")
        }
    }

    /// Sends one request whose answer is read as it comes. Throws what `CompletionStream` throws.
    ///
    /// - Parameter path: Below the address of the account.
    func stream(_ path: String, _ body: JSONValue, to stream: CompletionStream) async throws -> Completion {
        let call: HTTPClient.Request
        do {
            call = try HTTPClient.Request(
                url: account.baseURL + path, method: .POST, headers: headers(accept: "text/event-stream"),
                body: .byteBuffer(ByteBuffer(string: body.text)))
        } catch {
            throw CompletionFailure(.unreachable, "the server cannot be reached")
        }
        return try await stream.answer { stream in
            client.execute(
                request: call, delegate: stream, deadline: .now() + .milliseconds(limits.whole.milliseconds))
        }
    }

    private func headers(accept: String) -> HTTPHeaders {
        [
            "Authorization": "Bearer \(account.key)", "Content-Type": "application/json", "Accept": accept,
            "User-Agent": "TwoCardsHub",
        ]
    }

    private static let maxErrorBytes = 64 * 1024

    /// Why an answer is no success.
    func failure(_ response: HTTPClientResponse) async -> CompletionFailure {
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
