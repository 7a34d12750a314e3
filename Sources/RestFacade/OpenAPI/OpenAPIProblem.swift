import Domain
import HTTPTypes

/// A problem that many endpoints can answer, as OpenAPI describes it once for all.
enum OpenAPIProblem: Int, CaseIterable {
    case badRequest = 400
    case unauthorized = 401
    case forbidden = 403
    case notFound = 404
    case conflict = 409
    case stale = 412
    case tooLarge = 413
    case unsupportedMedia = 415
    case invalid = 422
    case rateLimited = 429
    case unavailable = 503

    var status: HTTPResponse.Status { HTTPResponse.Status(code: rawValue) }

    var reference: JSONValue { ["$ref": .string("#/components/responses/\(name)")] }

    static var components: JSONValue {
        .object(Dictionary(uniqueKeysWithValues: allCases.map { ($0.name, $0.response) }))
    }

    /// What an answer of any other status or with a note of its own says.
    static func response(note: String, headers: [OpenAPIHeader]) -> JSONValue {
        [
            "description": .string(note),
            "headers": OpenAPIHeader.references([.requestID] + OpenAPIHeader.ofRate + headers),
            "content": ["application/problem+json": ["schema": ["$ref": "#/components/schemas/Problem"]]],
        ]
    }

    private var name: String { "Problem\(rawValue)" }

    private var response: JSONValue { Self.response(note: note, headers: headers) }

    private var headers: [OpenAPIHeader] {
        switch self {
        case .unauthorized: [.wwwAuthenticate]
        case .rateLimited, .unavailable: [.retryAfter]
        case .badRequest, .forbidden, .notFound, .conflict, .stale, .tooLarge, .unsupportedMedia, .invalid: []
        }
    }

    private var note: String {
        switch self {
        case .badRequest: "The request cannot be read."
        case .unauthorized: "The token is missing, ended or unknown."
        case .forbidden: "The caller may not do this."
        case .notFound: "There is no such thing."
        case .conflict: "It contradicts what is there."
        case .stale: "It was changed since the version in If-Match."
        case .tooLarge: "The body is too large."
        case .unsupportedMedia: "The body has a type that is not taken."
        case .invalid: "Members or parameters are wrong; `errors` says which. Or the Idempotency-Key was another's."
        case .rateLimited: "Too many requests."
        case .unavailable: "The database is away, or the hub is too busy."
        }
    }
}

extension Problem {
    /// RFC 9457 section 3.1, with the members of ours.
    static let schema = Schema.object(
        ObjectSchema(
            name: "Problem",
            members: [
                .required("type", .line(200), "`about:blank`: the status says all."),
                .required("title", .line(200)),
                .required("status", .integer(400...599)),
                .required("code", .choice(HubError.Code.self), "Stable; programs go by it."),
                .required("detail", .prose(10_000), "For people."),
                .optional("errors", .list(.object(field), count: 1...Int(Int32.max))),
                .optional(
                    "messages", .list(.object(RoomDescription.event), count: 1...Int(Int32.max)),
                    "What the customer wrote that the author of a message has not seen."),
                .optional(
                    "templates", .list(.object(TemplateRoutes.template), count: 1...2000), "What may be sent instead."),
            ]
        ))

    private static let field = ObjectSchema(
        name: "FieldProblem",
        members: [
            .optional("pointer", .prose(2000), "Where it stands in the body (RFC 6901, as a fragment)."),
            .optional("parameter", .prose(2000), "Which parameter of the address it is."),
            .required("code", .line(100), "Stable."),
            .required("detail", .prose(2000)),
        ]
    )
}
