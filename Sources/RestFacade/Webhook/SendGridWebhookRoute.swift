package import Actors
package import Domain
import HTTPTypes
import Hummingbird

/// `POST /api/v1/sendgrid/webhook`, where SendGrid tells what became of mails.
package struct SendGridWebhookRoute: EndpointGroup {
    private let intake: WebhookIntake<SendGridScribe>
    private let keys: Live<WebhookKeys<any TimedSignature>>

    /// - Parameter keys: Without one no delivery is accepted.
    package init(intake: WebhookIntake<SendGridScribe>, keys: Live<WebhookKeys<any TimedSignature>>) {
        self.intake = intake
        self.keys = keys
    }

    let title = "SendGrid"

    var endpoints: [Endpoint] {
        [
            Endpoint(
                method: .post, path: "/sendgrid/webhook", id: "deliverSendGridEvents",
                summary: "Takes events of SendGrid, signed; they are kept before they are answered.",
                access: .open(take), body: .stream(["application/json"]), isStrict: false, isCounted: false,
                answers: [
                    .init(status: .ok, note: "Kept."),
                    .problem(.unauthorized, "Not signed."),
                    .problem(.forbidden, "Signed with another key, or older than five minutes."),
                    .problem(.contentTooLarge, "More than 3 MB."),
                    .problem(.serviceUnavailable, "No webhook_public_key, or the store is away."),
                ])
        ]
    }

    private func take(_ visit: Visit) async throws -> Response {
        let keys = keys.now
        guard keys.current != nil else {
            intake.refused("no_key")
            throw HubError(.unavailable, "no delivery is accepted before webhook_public_key of E-mail is set")
        }
        guard let header = visit.request.headers[.sendGridSignature],
            let timestamp = visit.request.headers[.sendGridTimestamp]
        else {
            intake.refused("unsigned")
            throw HubError.unauthorized("the signature or its timestamp is missing")
        }
        let body = try await visit.request.bytes(upTo: intake.limits.maxBodyBytes)
        // The bytes as they came: nothing is read from what nobody vouches for.
        let isGood = keys.contains(at: visit.at) {
            $0.isGood(header, timestamp: timestamp, body: body, at: visit.at)
        }
        guard isGood else {
            intake.refused("forged")
            throw HubError.forbidden("the signature does not sign this body and time, or they are too old")
        }
        try await intake.take(body)
        return Response(status: .ok)
    }
}
