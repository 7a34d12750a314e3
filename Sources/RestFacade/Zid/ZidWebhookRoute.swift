package import Actors
package import Domain
import HTTPTypes
import Hummingbird

/// `POST /api/v1/zid/webhook/{secret}`, which Zid calls.
///
/// Zid signs nothing. So its address holds a secret, and it shows a name and a password; and nothing that it says is
/// believed but that there is a reason to look.
package struct ZidWebhookRoute: EndpointGroup {
    /// What a delivery must show.
    package struct Door: Sendable {
        let id: [UInt8]
        let login: BasicLogin

        package init(id: String, login: BasicLogin) {
            self.id = Array(id.utf8)
            self.login = login
        }
    }

    private static let path = "/zid/webhook"

    /// Without its secret part.
    package static func address(under publicURL: String) -> String { publicURL + Endpoint.base + path }

    private let intake: WebhookIntake<ZidScribe>
    private let doors: Live<WebhookKeys<Door>>

    /// - Parameter doors: There is none while Zid is not connected, or its owner has not set all of it: then no delivery
    ///   is accepted.
    package init(intake: WebhookIntake<ZidScribe>, doors: Live<WebhookKeys<Door>>) {
        self.intake = intake
        self.doors = doors
    }

    let title = "Zid"

    var endpoints: [Endpoint] {
        [
            Endpoint(
                method: .post, path: "\(Self.path)/{secret}", id: "deliverZidWebhook",
                summary:
                    "Takes a delivery of Zid, which shows a name and a password; it is kept before it is answered.",
                access: .open(take), body: .stream(["application/json"]), isStrict: false, isCounted: false,
                answers: [
                    .init(status: .ok, note: "Kept."),
                    .init(status: .unauthorized, note: "Not our name or password.", content: .media(Self.problem)),
                    .init(status: .notFound, note: "Not our address, or not set up.", content: .media(Self.problem)),
                    .init(status: .contentTooLarge, note: "More than 1 MB.", content: .media(Self.problem)),
                    .init(status: .serviceUnavailable, note: "The store is away.", content: .media(Self.problem)),
                ])
        ]
    }

    private static let problem = "application/problem+json"

    /// The same for an address that is wrong and for none: nobody learns which it is.
    private static let unknown = HubError.notFound(
        "there is no such webhook: set webhook_id, webhook_username and webhook_password")

    private func take(_ visit: Visit) async throws -> Response {
        let doors = doors.now
        guard doors.current != nil else {
            intake.refused("not_set_up")
            throw Self.unknown
        }
        let secret = try visit.context.parameters.require("secret")
        guard doors.contains(at: visit.at, where: { ConstantTime.isEqual(secret.utf8, $0.id) }) else {
            intake.refused("elsewhere")
            throw Self.unknown
        }
        let login = visit.request.headers[.authorization]
        let isGood = doors.contains(at: visit.at) {
            ConstantTime.isEqual(secret.utf8, $0.id) && $0.login.isGood(login)
        }
        guard isGood else {
            intake.refused("stranger")
            throw HubError.unauthorized("the name or the password is not the one that was set")
        }
        let body = try await visit.request.bytes(upTo: intake.limits.maxBodyBytes)
        try await intake.take(ZidNotice.kept(of: body))
        return Response(status: .ok)
    }
}
