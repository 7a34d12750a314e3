import Domain
import HTTPTypes
import Hummingbird
import NIOCore

/// `GET /metrics`, for whoever has the token for it, or is an administrator.
///
/// An address proves nothing here: behind a proxy on the same machine everybody comes from the loopback.
struct MetricsRoute: EndpointGroup {
    let sources: [any MetricSource]
    let token: MetricsToken?
    let bearer: BearerAuthentication

    let title = "Metrics"

    var endpoints: [Endpoint] {
        [
            Endpoint(
                method: .get,
                path: "/metrics",
                root: "",
                id: "getMetrics",
                summary: "What the hub measures, for Prometheus. Needs METRICS_TOKEN, or an administrator's token.",
                access: .open(tell),
                isStrict: false,
                isCounted: false,
                answers: [
                    Endpoint.Answer(status: .ok, note: "As it stands now.", content: .media(MetricText.mediaType)),
                    Self.refusal(.unauthorized, "No token."),
                    Self.refusal(.forbidden, "Another's token."),
                ]
            )
        ]
    }

    private static func refusal(_ status: HTTPResponse.Status, _ note: String) -> Endpoint.Answer {
        Endpoint.Answer(status: status, note: note, content: .media("application/problem+json"))
    }

    private func tell(_ visit: Visit) async throws -> Response {
        try await authorize(visit.request)
        var families: [MetricFamily] = []
        for source in sources { families += await source.families() }
        return Response(
            status: .ok,
            headers: [.contentType: MetricText.mediaType],
            body: ResponseBody(byteBuffer: ByteBuffer(string: MetricText.text(families)))
        )
    }

    private func authorize(_ request: Request) async throws {
        if let token, token.isShown(by: request.headers[.authorization]) { return }
        switch try await bearer.requester(of: request) {
        case .staff(let caller) where caller.rights.contains(.statusRead): return
        case .staff, .visitor:
            throw HubError.forbidden("this needs METRICS_TOKEN, or the right \(Right.statusRead.rawValue)")
        }
    }
}

/// The secret that a scraper shows.
package struct MetricsToken: Sendable {
    private let header: [UInt8]

    package init(_ token: String) {
        header = Array("Bearer \(token)".utf8)
    }

    /// In a time that does not depend on where it differs.
    func isShown(by authorization: String?) -> Bool {
        guard let authorization else { return false }
        let shown = Array(authorization.utf8)
        guard shown.count == header.count else { return false }
        return zip(shown, header).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
