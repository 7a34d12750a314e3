import Actors
import Domain
import Hummingbird

/// What is broken, and what to do about it.
struct StatusRoutes: EndpointGroup {
    let board: StatusBoard

    let title = "System status"

    var endpoints: [Endpoint] {
        [
            Endpoint(
                method: .get,
                path: "/system/status",
                id: "getSystemStatus",
                summary: "Everything that the hub depends on. Asked for too often, it answers what it found last.",
                right: .statusRead,
                answers: [
                    Endpoint.Answer(
                        status: .ok, note: "One entry for each.",
                        content: .json(.list(Self.resource.document, count: 0...100)))
                ],
                run: read
            )
        ]
    }

    private static let resource = ResourceSchema(
        "SystemStatus",
        [
            .readOnly("name", .line(40), "`zid`, `openai`, `whatsapp`, `email`, and parts of the hub."),
            .readOnly("configured", .boolean),
            .readOnly("ok", .boolean),
            .readOnly("outcome", .choice(StatusFinding.Outcome.self)),
            .readOnly("message", .line(500), "What to do, in Arabic."),
            .readOnly("message_en", .line(500), "The same in English."),
            .readOnly("latency_ms", .count),
            .readOnly("checked_at", .moment),
        ]
    )

    private func read(_ call: Call) async throws -> Response {
        let reports = await board.reports(for: call.actor)
        return .json { $0.value(.array(reports.map { .object($0.document) })) }
    }
}
