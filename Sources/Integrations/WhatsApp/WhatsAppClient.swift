import AsyncHTTPClient
package import Domain
import NIOCore
import NIOHTTP1
import Synchronization

/// Sends over the WhatsApp Cloud API, for one number of ours.
///
/// A request is made once: whether to try again is the outbox's to decide. The address is the operator's own setting;
/// redirects are not followed, so that the token never reaches another host, and at most 64 KiB of an answer are read.
package final class WhatsAppClient: SignChannel {
    package struct Account: Sendable, CustomStringConvertible {
        /// With or without a version at its end.
        package var baseURL = "https://graph.facebook.com"
        /// Our number, by its id at Meta.
        package let number: String
        fileprivate let token: String

        package init(number: String, token: String) {
            self.number = number
            self.token = token
        }

        package var description: String { "WhatsApp number \(number)" }
    }

    package let number: String
    private let address: WhatsAppAddress
    private let account: Account
    private let timeout: Duration
    private let uploadTimeout: Duration
    private let client: HTTPClient
    private let counts = Mutex(Counts())

    private struct Counts {
        var endings: [String: UInt64] = [:]
        /// In percent, as last told.
        var usage: Int64?
    }

    static let maxBytes = 64 * 1024
    /// Of a page of a list.
    static let maxPageBytes = 4 * 1024 * 1024

    /// - Parameters:
    ///   - timeout: For a message; it includes making a connection.
    ///   - uploadTimeout: For a file.
    package init(
        _ account: Account,
        timeout: Duration = .seconds(30),
        uploadTimeout: Duration = .seconds(120)
    ) {
        self.account = account
        number = account.number
        address = WhatsAppAddress(account.baseURL)
        self.timeout = timeout
        self.uploadTimeout = uploadTimeout
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow,
            // Below what gateways keep: a connection that ends as it is used leaves the outcome open.
            connectionPool: .init(idleTimeout: .seconds(15))
        )
        configuration.timeout.connect = .milliseconds(min(timeout.milliseconds, 10_000))
        // The outbox tries again, and knows how often.
        configuration.connectionPool.retryConnectionEstablishment = false
        client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    /// Ends its connections at once; else they end when nobody holds the client any more.
    package func close() async {
        try? await client.shutdown()
    }

    /// Whoever was the last to send has the answer. Closing twice is closing once.
    deinit {
        let client = client
        Task { try? await client.shutdown() }
    }

    // MARK: Requests

    /// Sends one message; never throws, because how it ended is the answer.
    ///
    /// - Parameters:
    ///   - target: The message at WhatsApp that this one answers or reacts to.
    ///   - callback: Comes back in every report.
    package func send(
        _ message: OutboundMessage,
        to recipient: WhatsAppRecipient,
        target: String?,
        callback: String
    ) async -> SendOutcome {
        let body = WhatsAppRequest.message(message, to: recipient, target: target, callback: callback)
        return await post(body, "messages") { $0["messages"]?.array?.first?["id"]?.string }
    }

    /// Marks a customer's message, and all before it, as read.
    ///
    /// - Parameter isTyping: Also shows for 25 seconds that somebody is writing.
    package func markRead(_ message: String, isTyping: Bool) async -> SendOutcome {
        await post(WhatsAppRequest.read(message, isTyping: isTyping), "messages") {
            $0["success"]?.bool == true ? message : nil
        }
    }

    /// Uploads a file; `accepted` tells its id, which lives for 30 days.
    ///
    /// An upload reaches nobody, so a lost answer is as if nothing had left.
    package func upload(_ file: some BlobReader, name: String, type: String) async -> SendOutcome {
        let form = WhatsAppUpload(file: file, name: name, type: type)
        var request = request("media")
        request.headers.add(name: "Content-Type", value: form.contentType)
        request.body = .stream(form.pieces, length: .known(form.length))
        let outcome = await execute(request, "media", uploadTimeout, watching: nil) { $0["id"]?.string }
        switch outcome {
        // An answer that makes no sense.
        case .unsure(let problem): return .notSent(problem)
        case .accepted, .sent, .refused, .notSent: return outcome
        }
    }

    private func post(_ body: JSONValue, _ part: String, _ read: (JSONValue) -> String?) async -> SendOutcome {
        var request = request(part)
        request.headers.add(name: "Content-Type", value: "application/json")
        let body = WatchedBody(body.text)
        request.body = .stream(body, length: .known(body.length))
        return await execute(request, part, timeout, watching: body, read)
    }

    /// Reads an object or a page of a list. Throws `unavailable`, and `conflict` when it was refused for good.
    ///
    /// - Parameter path: With its query, below the version.
    func read(_ path: String) async throws(HubError) -> JSONValue {
        var page: JSONValue?
        var request = request(to: path)
        request.method = .GET
        let outcome = await execute(request, "read", timeout, watching: nil, maxBytes: Self.maxPageBytes) { json in
            page = json
            return "read"
        }
        switch outcome {
        case .accepted, .sent: return page ?? .null
        case .refused(let refusal): throw .conflict(refusal.problem.words.en)
        case .unsure(let problem), .notSent(let problem): throw HubError(.unavailable, problem.words.en)
        }
    }

    private func request(_ part: String) -> HTTPClientRequest {
        var request = request(to: "\(number)/\(part)")
        request.method = .POST
        return request
    }

    private func request(to path: String) -> HTTPClientRequest {
        var request = HTTPClientRequest(url: "\(address.text)/\(path)")
        request.headers.add(name: "Authorization", value: "Bearer \(account.token)")
        request.headers.add(name: "Accept", value: "application/json")
        request.headers.add(name: "User-Agent", value: "TwoCardsHub")
        return request
    }

    /// - Parameter body: Tells whether what was asked may have been carried out although no answer came.
    private func execute(
        _ request: HTTPClientRequest,
        _ part: String,
        _ timeout: Duration,
        watching body: WatchedBody?,
        maxBytes: Int = maxBytes,
        _ read: (JSONValue) -> String?
    ) async -> SendOutcome {
        let outcome: SendOutcome
        do {
            let response = try await client.execute(request, timeout: .milliseconds(timeout.milliseconds))
            let bytes = try await response.body.collect(upTo: maxBytes)
            let reply = WhatsAppReply(
                status: Int(response.status.code),
                headers: response.headers,
                json: try? JSONParser.parse(String(buffer: bytes), maxDepth: 32)
            )
            if let usage = reply.usage { counts.withLock { $0.usage = usage } }
            outcome = reply.outcome(read)
        } catch {
            // The error itself may hold the address with what the operator wrote into it.
            let hasLeft = body?.hasBegun ?? false
            outcome = hasLeft ? .unsure(.lostAnswerOfWhatsApp) : .notSent(.unreachableWhatsApp)
        }
        counts.withLock { $0.endings["\(part)/\(outcome.name)", default: 0] += 1 }
        return outcome
    }
}

extension WhatsAppClient: MetricSource {
    package func families() async -> [MetricFamily] {
        let counts = counts.withLock { $0 }
        let endings = counts.endings.sorted { $0.key < $1.key }.map { key, count in
            let parts = key.split(separator: "/")
            return ([MetricFamily.Label("part", "\(parts[0])"), .init("outcome", "\(parts[1])")], Double(count))
        }
        return [
            .counter("hub_whatsapp_requests_total", "Requests to WhatsApp, by how they ended.", endings),
            .gauge(
                "hub_whatsapp_quota_used_percent", "How much of Meta's quota for requests is used.",
                Double(counts.usage ?? 0)),
        ]
    }
}

extension SendOutcome {
    fileprivate var name: String {
        switch self {
        case .accepted, .sent: "accepted"
        case .refused(let refusal): refusal.kind.name
        case .unsure: "unsure"
        case .notSent: "not_sent"
        }
    }
}
