import AsyncHTTPClient
import Crypto
import Foundation
import Logging
import NIOCore
import NIOHTTP1

/// Brings changes to the business's webhook: signed, at least once, in no certain order.
actor WebhookSender {
    struct Change: Sendable {
        let field: String
        let value: JSON
    }

    private let address: String
    private let businessID: String
    private var secret: String
    private let verifyToken: String
    private let logger: Logger
    private var gathered: [Change] = []
    private var isGathering = false
    private(set) var chaos = WebhookChaos()
    /// Answers of the webhook by status, with 0 for none at all.
    private(set) var answers: [Int: Int] = [:]

    init(address: String, settings: WhatsAppSettings, logger: Logger) {
        self.address = address
        businessID = settings.businessID
        secret = settings.appSecret
        verifyToken = settings.verifyToken
        self.logger = logger
    }

    /// The app has another secret from now on.
    func sign(with secret: String) { self.secret = secret }

    func change(_ change: (inout WebhookChaos) -> Void) {
        change(&chaos)
    }

    /// Asks the webhook whether it is the business's, as Meta does when it is set up. Returns whether it was.
    func verify() async -> Bool {
        let challenge = String(UInt32.random(in: 100_000_000...4_000_000_000))
        let query = "hub.mode=subscribe&hub.verify_token=\(verifyToken)&hub.challenge=\(challenge)"
        let request = HTTPClientRequest(url: "\(address)?\(query)")
        guard let response = try? await HTTPClient.shared.execute(request, timeout: .seconds(10)),
            response.status == .ok, let body = try? await response.body.collect(upTo: 1024)
        else { return false }
        return String(buffer: body) == challenge
    }

    /// Returns as soon as the change is on its way.
    func send(_ change: Change) {
        gathered.append(change)
        guard !isGathering else { return }
        isGathering = true
        let wait = chaos.shuffle
        Task {
            if wait > 0 { try? await Task.sleep(for: .milliseconds(wait)) }
            flush()
        }
    }

    private func flush() {
        isGathering = false
        let changes = chaos.shuffle > 0 ? gathered.shuffled() : gathered
        gathered = []
        let size = max(1, chaos.batch)
        for start in stride(from: 0, to: changes.count, by: size) {
            let body = envelope(Array(changes[start..<min(start + size, changes.count)]))
            for _ in 0...chaos.repetitions { Task { await deliver(body) } }
        }
    }

    private func envelope(_ changes: [Change]) -> [UInt8] {
        let entries = changes.map { change -> JSON in ["field": .string(change.field), "value": change.value] }
        let envelope: JSON = [
            "object": "whatsapp_business_account",
            "entry": [["id": .string(businessID), "changes": .array(entries)]],
        ]
        return Array(envelope.escaped.utf8)
    }

    private func deliver(_ body: [UInt8]) async {
        var wait = chaos.retryDelay
        for attempt in 1...max(1, chaos.maxAttempts) {
            if attempt > 1 {
                try? await Task.sleep(for: .milliseconds(wait))
                wait *= 2
            }
            let status = await post(body)
            answers[status, default: 0] += 1
            guard status == 200 else {
                logger.info("the webhook did not answer 200", metadata: ["status": "\(status)"])
                continue
            }
            guard chaos.lostAnswers > 0 else { return }
            chaos.lostAnswers -= 1
        }
        logger.warning("a delivery was given up")
    }

    /// The status, or 0 when nothing came.
    private func post(_ body: [UInt8]) async -> Int {
        let secret = chaos.hasWrongSignature ? "another secret" : secret
        let signature = HMAC<SHA256>.authenticationCode(for: body, using: SymmetricKey(data: Data(secret.utf8)))
        var request = HTTPClientRequest(url: address)
        request.method = .POST
        request.headers.add(name: "Content-Type", value: "application/json")
        request.headers.add(name: "User-Agent", value: "facebookexternalua")
        request.headers.add(name: "X-Hub-Signature-256", value: "sha256=" + Hex.text(signature))
        request.body = .bytes(ByteBuffer(bytes: body))
        do {
            let response = try await HTTPClient.shared.execute(request, timeout: .seconds(20))
            _ = try? await response.body.collect(upTo: 1024 * 1024)
            return Int(response.status.code)
        } catch {
            return 0
        }
    }
}

enum Hex {
    /// Lower case.
    static func text(_ bytes: some Sequence<UInt8>) -> String {
        bytes.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
    }
}
