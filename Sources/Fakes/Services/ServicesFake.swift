import AsyncHTTPClient
import Crypto
import Foundation
import NIOCore
import NIOHTTP1

/// The running services: what they know, what shall go wrong, and what was asked.
actor ServicesFake {
    var world = ServicesWorld()
    private(set) var log: [JSON] = []
    private var faults: [ServiceFault] = []
    /// Signs the events of SendGrid.
    private let eventKey = P256.Signing.PrivateKey()
    /// Where SendGrid tells its events; nil for nowhere.
    private let eventWebhook: String?

    init(eventWebhook: String?) { self.eventWebhook = eventWebhook }

    static var now: Double { Date().timeIntervalSince1970 }

    /// Base64 of a SubjectPublicKeyInfo, as SendGrid shows it.
    var verificationKey: String { eventKey.publicKey.derRepresentation.base64EncodedString() }

    func set(_ name: String, _ value: String) -> Bool {
        guard world.settings[name] != nil else { return false }
        world.settings[name] = value
        return true
    }

    func add(_ fault: ServiceFault) { faults.append(fault) }

    /// All as in the beginning, but for the key of the events.
    func reset() {
        world = ServicesWorld()
        faults = []
        log = []
    }

    /// The answer, and what shall go wrong with it.
    func answer(_ request: ServiceRequest, for service: ServiceName) -> (ServiceReply, ServiceFault?) {
        let fault = nextFault(of: service)
        let reply: ServiceReply
        switch fault?.kind {
        case .status?: reply = service.refusal(fault?.status ?? 500, retryAfter: fault?.retryAfter)
        case .html?: reply = .page
        case .garbage?: reply = ServiceReply(status: 200, type: "application/json", body: "\u{1}{not json")
        case .huge?:
            reply = ServiceReply(
                status: 200, type: "application/json", body: #"{"x":"\#(String(repeating: "x", count: 2_000_000))"}"#)
        case .redirect?:
            reply = ServiceReply(
                status: 302, type: "text/plain", body: "", headers: ["Location": "http://elsewhere.invalid/"])
        case .lost?:
            _ = world.answer(request, for: service, at: Self.now)
            reply = ServiceReply(status: 502, type: "text/html", body: "<html>Bad gateway</html>")
        case .slow?, .cut?, nil:
            reply = world.answer(request, for: service, at: Self.now)
        }
        log.append([
            "service": .string(service.rawValue), "method": .string(request.method), "path": .string(request.path),
            "body": .string(request.body), "status": .integer(Int64(reply.status)),
            "fault": fault.map { .string($0.kind.rawValue) } ?? .null,
        ])
        log.removeFirst(max(0, log.count - ServicesWorld.most))
        return (reply, fault)
    }

    private func nextFault(of service: ServiceName) -> ServiceFault? {
        guard let place = faults.firstIndex(where: { $0.service == service && $0.times > 0 }) else { return nil }
        faults[place].times -= 1
        return faults[place]
    }

    // MARK: What the services tell

    /// Twilio tells how far a message got; the status of the answer, or 0 for none.
    func report(_ sid: String, _ status: String, code: Int64?) async -> Int {
        guard let message = world.messages.first(where: { $0.sid == sid }), let callback = message.callback else {
            return 0
        }
        var fields = [
            "MessageSid": sid, "SmsSid": sid, "AccountSid": message.account, "MessageStatus": status,
            "SmsStatus": status, "To": message.to, "From": message.from, "ApiVersion": "2010-04-01",
        ]
        if let code { fields["ErrorCode"] = String(code) }
        return await post(fields, to: callback)
    }

    /// Somebody writes to the number; the status of the answer, or 0 for none.
    func receive(_ body: String, from number: String, at webhook: String) async -> Int {
        await post(
            [
                "MessageSid": "SM" + UUID().uuidString.replacing("-", with: "").lowercased(), "SmsStatus": "received",
                "AccountSid": world["account_sid"], "From": number, "To": "+15005550006", "Body": body,
                "NumMedia": "0", "ApiVersion": "2010-04-01",
            ], to: webhook)
    }

    /// A form, signed as Twilio does: HMAC-SHA1 over the address and the fields by their names.
    private func post(_ fields: [String: String], to address: String) async -> Int {
        let sorted = fields.sorted { $0.key < $1.key }
        let signed = address + sorted.map { $0.key + $0.value }.joined()
        let code = HMAC<Insecure.SHA1>.authenticationCode(
            for: Data(signed.utf8), using: SymmetricKey(data: Data(world["auth_token"].utf8)))
        let form = sorted.map { "\($0.key)=\(Self.encode($0.value))" }.joined(separator: "&")
        return await post(
            Array(form.utf8), to: address,
            [
                ("Content-Type", "application/x-www-form-urlencoded"),
                ("X-Twilio-Signature", Data(code).base64EncodedString()),
            ])
    }

    /// SendGrid tells events; the status of the answer, or 0 for none.
    func tell(_ events: [JSON], at moment: Double) async -> Int {
        guard let eventWebhook else { return 0 }
        let body = Array((JSON.array(events).text + "\r\n").utf8)
        let timestamp = String(Int(moment))
        guard let signature = try? eventKey.signature(for: Data(timestamp.utf8) + Data(body)) else { return 0 }
        return await post(
            body, to: eventWebhook,
            [
                ("Content-Type", "application/json"), ("X-Twilio-Email-Event-Webhook-Timestamp", timestamp),
                (
                    "X-Twilio-Email-Event-Webhook-Signature",
                    signature.derRepresentation.base64EncodedString()
                ),
            ])
    }

    func post(_ body: [UInt8], to address: String, _ headers: [(String, String)]) async -> Int {
        var request = HTTPClientRequest(url: address)
        request.method = .POST
        for (name, value) in headers { request.headers.add(name: name, value: value) }
        request.body = .bytes(ByteBuffer(bytes: body))
        guard let response = try? await HTTPClient.shared.execute(request, timeout: .seconds(20)) else { return 0 }
        _ = try? await response.body.collect(upTo: 1024 * 1024)
        return Int(response.status.code)
    }

    private static func encode(_ text: String) -> String {
        let plain = CharacterSet(charactersIn: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~")
        return text.addingPercentEncoding(withAllowedCharacters: plain) ?? ""
    }
}
