import Domain
import HTTPTypes
import Hummingbird

/// Whether the process lives, and whether it serves.
struct HealthRoutes: Sendable {
    let health: any StoreHealth
    let isDraining: @Sendable () -> Bool

    func add(to router: Router<RestContext>) {
        router.get("/health") { _, _ in Self.status(.ok, "ok") }
        router.get("/ready") { _, _ in
            guard !isDraining() else { return Self.status(.serviceUnavailable, "draining") }
            do {
                try await health.check()
                return Self.status(.ok, "ok")
            } catch {
                return Self.status(.serviceUnavailable, "store unavailable")
            }
        }
    }

    private static func status(_ status: HTTPResponse.Status, _ text: String) -> Response {
        .json(status) { writer in
            writer.beginObject()
            writer.key("status")
            writer.string(text)
            writer.endObject()
        }
    }
}
