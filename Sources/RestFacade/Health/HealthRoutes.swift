import Domain
import HTTPTypes
import Hummingbird

/// Whether the process lives, and whether it serves.
struct HealthRoutes: EndpointGroup {
    let health: any StoreHealth
    let isDraining: @Sendable () -> Bool

    let title = "Health"

    var endpoints: [Endpoint] {
        [
            Self.endpoint("/health", "getHealth", "Whether the process lives.", answers: [Self.good]) { _ in
                Self.status(.ok, "ok")
            },
            Self.endpoint("/ready", "getReadiness", "Whether the hub serves.", answers: [Self.good, Self.bad]) { _ in
                guard !isDraining() else { return Self.status(.serviceUnavailable, "draining") }
                do {
                    try await health.check()
                    return Self.status(.ok, "ok")
                } catch {
                    return Self.status(.serviceUnavailable, "store unavailable")
                }
            },
        ]
    }

    /// Where load balancers look, as often as they like.
    private static func endpoint(
        _ path: String,
        _ id: String,
        _ summary: String,
        answers: [Endpoint.Answer],
        _ run: @escaping @Sendable (Visit) async throws -> Response
    ) -> Endpoint {
        Endpoint(
            method: .get, path: path, root: "", id: id, summary: summary, access: .open(run), isStrict: false,
            isCounted: false, answers: answers)
    }

    private static let schema = Schema.object(
        ObjectSchema(
            name: "Health", members: [.init(name: "status", schema: .line(40), isRequired: true, note: "")]))

    private static let good = Endpoint.Answer(status: .ok, note: "It is well.", content: .json(schema))

    private static let bad = Endpoint.Answer(
        status: .serviceUnavailable, note: "It stops, or the database is away.", content: .json(schema))

    private static func status(_ status: HTTPResponse.Status, _ text: String) -> Response {
        .json(status) { writer in
            writer.beginObject()
            writer.key("status")
            writer.string(text)
            writer.endObject()
        }
    }
}
