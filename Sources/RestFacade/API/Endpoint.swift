import Domain
import HTTPTypes
import Hummingbird

/// One operation of the API: its description, who may call it, and what it does.
///
/// The router, the table of rights and the OpenAPI document are all made from these, so none can say anything else.
struct Endpoint: Sendable {
    let method: HTTPRequest.Method
    /// Below `/api/v1`, with `{names}` for what varies.
    let path: String
    /// OpenAPI's `operationId`.
    let id: String
    let summary: String
    /// What it asks of its caller.
    let right: Right
    var query: [Parameter] = []
    var body: Body = .none
    /// Whether a repeated `Idempotency-Key` gets the first answer.
    var isOnce = false
    /// Whether `If-Match` is heeded.
    var isConditional = false
    var answers: [Answer]
    let run: @Sendable (Call) async throws -> Response

    struct Parameter: Sendable {
        let name: String
        let schema: Schema
        var note = ""
    }

    enum Body: Sendable {
        case none
        case json(Schema)
        /// Read by the endpoint itself, piece by piece.
        case stream([MediaName])

        typealias MediaName = String
    }

    struct Answer: Sendable {
        let status: HTTPResponse.Status
        let note: String
        var content: Content = .none
        /// Whether it carries the version of the resource.
        var hasVersion = false
        var hasLocation = false

        enum Content: Sendable {
            case none
            case json(Schema)
            case media(String)
        }
    }

    /// Names of what varies in the path.
    var pathParameters: [String] {
        path.split(separator: "/").filter { $0.hasPrefix("{") }.map { String($0.dropFirst().dropLast()) }
    }

    static let base = "/api/v1"
}

/// Routes of one resource.
protocol EndpointGroup: Sendable {
    /// The heading in the documentation.
    var title: String { get }
    var endpoints: [Endpoint] { get }
}
