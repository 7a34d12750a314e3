package import Actors
package import Domain
import HTTPTypes
import Hummingbird
import NIOCore

/// `GET` and `POST /api/v1/whatsapp/webhook`, which Meta calls.
package struct WhatsAppWebhookRoute: EndpointGroup {
    private let intake: WhatsAppIntake
    private let keys: Live<WebhookKeys<any WebhookSignature>>
    private let verifyToken: Live<String?>

    /// - Parameters:
    ///   - keys: There are none without an app secret: then no delivery is accepted.
    ///   - verifyToken: What Meta shows when the webhook is set up; nil refuses that.
    package init(
        intake: WhatsAppIntake,
        keys: Live<WebhookKeys<any WebhookSignature>>,
        verifyToken: Live<String?>
    ) {
        self.intake = intake
        self.keys = keys
        self.verifyToken = verifyToken
    }

    let title = "WhatsApp"

    var endpoints: [Endpoint] {
        [
            Endpoint(
                method: .get, path: "/whatsapp/webhook", id: "verifyWhatsAppWebhook",
                summary: "Answers Meta's challenge when the webhook is set up.",
                access: .open(verify), isStrict: false, isCounted: false,
                answers: [
                    .init(status: .ok, note: "The challenge as it came.", content: .media("text/plain")),
                    .init(status: .forbidden, note: "Not our token.", content: .media(Self.problem)),
                ]),
            Endpoint(
                method: .post, path: "/whatsapp/webhook", id: "deliverWhatsAppWebhook",
                summary: "Takes a delivery of Meta, signed with WA_APP_SECRET; it is kept before it is answered.",
                access: .open(take), body: .stream(["application/json"]), isStrict: false, isCounted: false,
                answers: [
                    .init(status: .ok, note: "Kept."),
                    .init(status: .unauthorized, note: "Not signed.", content: .media(Self.problem)),
                    .init(status: .forbidden, note: "Signed with another secret.", content: .media(Self.problem)),
                    .init(status: .contentTooLarge, note: "More than 3 MB.", content: .media(Self.problem)),
                    .init(
                        status: .serviceUnavailable, note: "No WA_APP_SECRET, or the store is away.",
                        content: .media(Self.problem)),
                ]),
        ]
    }

    private static let problem = "application/problem+json"

    // MARK: Setting up

    private func verify(_ visit: Visit) async throws -> Response {
        let pairs = FormQuery.pairs(of: visit.request.uri.query ?? "") ?? []
        func value(_ name: String) -> String? { pairs.first { $0.name == name }?.value }
        guard value("hub.mode") == "subscribe", let token = value("hub.verify_token"), isOurs(token),
            let challenge = value("hub.challenge")
        else { throw HubError.forbidden("hub.mode, hub.verify_token or hub.challenge is missing or wrong") }
        return Response(
            status: .ok,
            headers: [.contentType: "text/plain; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: challenge))
        )
    }

    /// In a time that does not depend on where it differs.
    private func isOurs(_ token: String) -> Bool {
        guard let verifyToken = verifyToken.now else { return false }
        return ConstantTime.isEqual(token.utf8, verifyToken.utf8)
    }

    // MARK: Deliveries

    private func take(_ visit: Visit) async throws -> Response {
        let keys = keys.now
        guard keys.current != nil else {
            intake.refused("no_secret")
            throw HubError(.unavailable, "no delivery is accepted before WA_APP_SECRET is set")
        }
        guard let header = visit.request.headers[.hubSignature] else {
            intake.refused("unsigned")
            throw HubError.unauthorized("X-Hub-Signature-256 is missing")
        }
        let body = try await visit.request.bytes(upTo: intake.limits.maxBodyBytes)
        // The bytes as they came: nothing is read from what nobody vouches for.
        guard keys.contains(at: visit.at, where: { $0.isGood(header, for: body) }) else {
            intake.refused("forged")
            throw HubError.forbidden("X-Hub-Signature-256 does not sign this body")
        }
        try await intake.take(body)
        return Response(status: .ok)
    }
}
