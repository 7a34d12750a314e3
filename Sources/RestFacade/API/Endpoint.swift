import Domain
import HTTPTypes
import Hummingbird

/// One operation of the API: its description, who may call it, and what it does.
///
/// The router, the table of rights and the OpenAPI document are all made from these, so none can say anything else.
struct Endpoint: Sendable {
    let method: HTTPRequest.Method
    /// Below `root`, with `{names}` for what varies.
    let path: String
    /// `base`, but for what other programs look for at a place of its own.
    let root: String
    /// OpenAPI's `operationId`.
    let id: String
    let summary: String
    let access: Access
    var query: [Parameter]
    var body: Body
    /// Whether a repeated `Idempotency-Key` gets the first answer.
    var isOnce: Bool
    /// Whether `If-Match` is heeded.
    var isConditional: Bool
    /// Whether parameters and body are checked before `access` runs, and what is not described is refused.
    ///
    /// False for the routes of the wire contract, which are older than that: they read by themselves, pass over what
    /// they do not know, and answer 400.
    var isStrict: Bool
    /// Whether its requests count towards the rate of their sender.
    var isCounted: Bool
    var answers: [Answer]

    /// Who may call it, and what is then done.
    enum Access: Sendable {
        /// Anyone; no token is looked at.
        case open(@Sendable (Visit) async throws -> Response)
        /// Visitors, and staff with the right.
        case signedIn(Right, @Sendable (Visit, Principal) async throws -> Response)
        /// Staff; with nil whatever their rights are.
        case staff(Right?, @Sendable (Call) async throws -> Response)
    }

    struct Parameter: Sendable {
        let name: String
        let schema: Schema
        var note = ""
        var isRequired = false
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
            /// Which of them is said by a parameter.
            case anyMedia([String])
            /// JSON, or what the client asks for by `Accept`.
            case either(Schema, orMedia: String)
        }
    }

    init(
        method: HTTPRequest.Method,
        path: String,
        root: String = Endpoint.base,
        id: String,
        summary: String,
        access: Access,
        query: [Parameter] = [],
        body: Body = .none,
        isOnce: Bool = false,
        isConditional: Bool = false,
        isStrict: Bool = true,
        isCounted: Bool = true,
        answers: [Answer]
    ) {
        self.method = method
        self.path = path
        self.root = root
        self.id = id
        self.summary = summary
        self.access = access
        self.query = query
        self.body = body
        self.isOnce = isOnce
        self.isConditional = isConditional
        self.isStrict = isStrict
        self.isCounted = isCounted
        self.answers = answers
    }

    /// For staff with `right`, as nearly all are.
    init(
        method: HTTPRequest.Method,
        path: String,
        id: String,
        summary: String,
        right: Right,
        query: [Parameter] = [],
        body: Body = .none,
        isOnce: Bool = false,
        isConditional: Bool = false,
        answers: [Answer],
        run: @escaping @Sendable (Call) async throws -> Response
    ) {
        self.init(
            method: method,
            path: path,
            id: id,
            summary: summary,
            access: .staff(right, run),
            query: query,
            body: body,
            isOnce: isOnce,
            isConditional: isConditional,
            answers: answers
        )
    }

    static let base = "/api/v1"

    /// The whole address, with `{names}` for what varies.
    var address: String { root + path }

    /// Names of what varies in the path.
    var pathParameters: [String] {
        path.split(separator: "/").filter { $0.hasPrefix("{") }.map { String($0.dropFirst().dropLast()) }
    }
}

/// Routes of one resource.
protocol EndpointGroup: Sendable {
    /// The heading in the documentation.
    var title: String { get }
    var endpoints: [Endpoint] { get }
}
