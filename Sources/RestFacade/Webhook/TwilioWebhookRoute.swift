package import Actors
package import Domain
import HTTPTypes
import Hummingbird
import NIOCore

/// `POST /api/v1/twilio/webhook` for messages, and with our name of a message behind it for reports.
package struct TwilioWebhookRoute: EndpointGroup {
    private let intake: WebhookIntake<TwilioScribe>
    private let keys: Live<WebhookKeys<any FormSignature>>
    private let publicURL: String?

    static let path = "/twilio/webhook"

    /// Where Twilio reports, under the public address of the hub; the name of a message comes behind it.
    package static func address(under publicURL: String) -> String { publicURL + Endpoint.base + path }

    /// - Parameters:
    ///   - keys: There are none while Twilio is not connected: then no delivery is accepted.
    ///   - publicURL: What Twilio calls us by, which it signs; nil accepts none.
    package init(
        intake: WebhookIntake<TwilioScribe>,
        keys: Live<WebhookKeys<any FormSignature>>,
        publicURL: String?
    ) {
        self.intake = intake
        self.keys = keys
        self.publicURL = publicURL
    }

    let title = "Twilio"

    var endpoints: [Endpoint] {
        [
            endpoint(
                Self.path, id: "deliverTwilioMessage",
                "Takes an SMS from Twilio, signed; it is kept before it is answered."),
            endpoint(
                "\(Self.path)/{entry}", id: "deliverTwilioReport",
                "Takes a report of Twilio about a message of ours, signed; it is kept before it is answered."),
        ]
    }

    private func endpoint(_ path: String, id: String, _ summary: String) -> Endpoint {
        Endpoint(
            method: .post, path: path, id: id, summary: summary, access: .open(take),
            body: .stream(["application/x-www-form-urlencoded"]), isStrict: false, isCounted: false,
            answers: [
                .init(status: .ok, note: "Kept. There is nothing to do.", content: .media("text/xml")),
                .problem(.unauthorized, "Not signed."),
                .problem(.forbidden, "Signed with another token, or for another address."),
                .problem(.contentTooLarge, "More than a form of Twilio's holds."),
                .problem(.serviceUnavailable, "No SMS or PUBLIC_URL is set up, or the store is away."),
            ])
    }

    /// Of a form; a text has at most 1,600 characters, each in up to 12 bytes.
    private static let maxBytes = 64 * 1024

    private func take(_ visit: Visit) async throws -> Response {
        let keys = keys.now
        guard keys.current != nil, let publicURL else {
            intake.refused("not_connected")
            throw HubError(.unavailable, "no delivery is accepted before SMS is connected and PUBLIC_URL is set")
        }
        guard let header = visit.request.headers[.twilioSignature] else {
            intake.refused("unsigned")
            throw HubError.unauthorized("X-Twilio-Signature is missing")
        }
        let body = try await visit.request.bytes(upTo: Self.maxBytes)
        // By our configuration and not by headers: a proxy may have changed the host.
        let url = publicURL + visit.request.uri.string
        guard let form = FormFields(String(decoding: body, as: UTF8.self)),
            keys.contains(
                at: visit.at,
                where: { $0.isGood(header, for: TwilioSignedRequest(url: url, form: form), body: body) })
        else {
            intake.refused("forged")
            throw HubError.forbidden("X-Twilio-Signature does not sign this address and body")
        }
        try await intake.take(body, about: visit.context.parameters.get("entry"))
        return Response(
            status: .ok,
            headers: [.contentType: "text/xml; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: TwilioWebhook.answer))
        )
    }
}
