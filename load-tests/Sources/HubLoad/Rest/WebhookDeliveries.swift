import Crypto
import Foundation

/// Deliveries as Meta sends them, signed beforehand so that signing is no part of what is measured.
struct WebhookDeliveries {
    /// As in `load-tests/peers/hub/start`.
    private static let secret = SymmetricKey(data: Data("load-test-app-secret".utf8))

    /// Whole requests, in their order; each brings a message of its own.
    let requests: [[UInt8]]

    /// - Parameter customers: Who write in turn.
    init(count: Int, customers: Int) {
        requests = (0..<count).map { Self.request($0, from: $0 % customers) }
    }

    private static func request(_ number: Int, from customer: Int) -> [UInt8] {
        let body = Self.body(number, from: 966_500_000_000 + customer)
        let signature = HMAC<SHA256>.authenticationCode(for: Data(body.utf8), using: secret)
            .map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        let head = """
            POST /api/v1/whatsapp/webhook HTTP/1.1\r
            Host: 127.0.0.1\r
            Content-Type: application/json\r
            Content-Length: \(body.utf8.count)\r
            X-Hub-Signature-256: sha256=\(signature)\r
            \r

            """
        return Array((head + body).utf8)
    }

    private static func body(_ number: Int, from customer: Int) -> String {
        // Non-ASCII is escaped, as Meta's is.
        let text = "\\u0645\\u0631\\u062d\\u0628\\u0627 \(number)"
        return """
            {"object":"whatsapp_business_account","entry":[{"id":"419561257915477","changes":[{"field":"messages",\
            "value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"966500000000",\
            "phone_number_id":"106540352242922"},"contacts":[{"profile":{"name":"Load"},"wa_id":"\(customer)"}],\
            "messages":[{"from":"\(customer)","id":"wamid.load\(number)","timestamp":"\(Int(Date().timeIntervalSince1970))",\
            "type":"text","text":{"body":"\(text)"}}]}}]}]}
            """
    }
}
