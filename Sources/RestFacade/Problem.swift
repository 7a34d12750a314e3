package import Domain
package import HTTPTypes
package import Hummingbird
import NIOCore
import Wire

/// An answer that says what went wrong: `application/problem+json` (RFC 9457) with the code of the wire contract.
package struct Problem: HTTPResponseError {
    package let status: HTTPResponse.Status
    package let code: String
    package let detail: String
    package let retryAfter: Duration?
    package let fields: [FieldProblem]
    /// What the customer wrote that the author of a message has not seen.
    package let missed: [RoomEvent]
    /// What may be sent instead.
    package let templates: [MessageTemplate]

    package init(
        _ status: HTTPResponse.Status,
        code: String,
        detail: String,
        retryAfter: Duration? = nil,
        fields: [FieldProblem] = [],
        missed: [RoomEvent] = [],
        templates: [MessageTemplate] = []
    ) {
        self.status = status
        self.code = code
        self.detail = detail
        self.retryAfter = retryAfter
        self.fields = fields
        self.missed = missed
        self.templates = templates
    }

    package init(_ error: HubError) {
        self.init(
            Self.status(of: error.code),
            code: error.code.rawValue,
            detail: error.message,
            retryAfter: error.retryAfter,
            fields: error.fields,
            missed: error.missed,
            templates: error.templates
        )
    }

    /// What the router and the body reader throw.
    package init(_ error: any HTTPResponseError) {
        let code: HubError.Code =
            switch error.status {
            case .notFound: .notFound
            case .contentTooLarge: .tooLarge
            case .unauthorized: .unauthorized
            case .forbidden: .forbidden
            default: .badRequest
            }
        let detail =
            switch error.status {
            case .notFound: "there is nothing at this address"
            case .methodNotAllowed: "this address does not take this method"
            default: "the request could not be read: \(error.status.reasonPhrase)"
            }
        self.init(error.status, code: code.rawValue, detail: detail)
    }

    /// Nil for what is nothing to tell a client: the client is gone, or the hub is broken.
    init?(catching error: any Error) {
        switch error {
        case let problem as Problem: self = problem
        case let error as HubError: self.init(error)
        case let error as any HTTPResponseError: self.init(error)
        default: return nil
        }
    }

    /// The one table from codes to HTTP.
    static func status(of code: HubError.Code) -> HTTPResponse.Status {
        switch code {
        case .badRequest: .badRequest
        case .unauthorized: .unauthorized
        case .forbidden, .notJoined: .forbidden
        case .notFound: .notFound
        case .tooLarge: .contentTooLarge
        case .rateLimited: .tooManyRequests
        case .midConflict, .conflict, .notEnough: .conflict
        case .stale: .preconditionFailed
        case .invalid, .keyReused: .unprocessableContent
        case .busy, .unavailable: .serviceUnavailable
        case .internal: .internalServerError
        }
    }

    package func response(from request: Request, context: some RequestContext) -> Response {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("type")
        writer.string("about:blank")
        writer.key("title")
        writer.string(status.reasonPhrase)
        writer.key("status")
        writer.integer(status.code)
        writer.key("code")
        writer.string(code)
        writer.key("detail")
        writer.string(detail)
        if !fields.isEmpty {
            writer.key("errors")
            writer.beginArray()
            for field in fields { Self.write(field, into: &writer) }
            writer.endArray()
        }
        if !missed.isEmpty {
            writer.key("messages")
            writer.beginArray()
            for event in missed { EventEncoder.write(event, for: .staff, into: &writer) }
            writer.endArray()
        }
        if !templates.isEmpty {
            writer.key("templates")
            writer.value(.array(templates.map(\.json)))
        }
        writer.endObject()
        var headers: HTTPFields = [.contentType: "application/problem+json", .cacheControl: "no-store"]
        if let retryAfter {
            headers[.retryAfter] = String(max(1, (retryAfter.milliseconds + 999) / 1000))
        }
        if status == .unauthorized { headers[.wwwAuthenticate] = "Bearer" }
        return Response(
            status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: writer.bytes)))
    }

    /// `pointer` as in the example of RFC 9457 section 3, `parameter` for what stands in the address.
    private static func write(_ field: FieldProblem, into writer: inout JSONWriter) {
        writer.beginObject()
        let isInBody = field.field.isEmpty || field.field.hasPrefix("/")
        writer.key(isInBody ? "pointer" : "parameter")
        writer.string(isInBody ? "#\(field.field)" : field.field)
        writer.key("code")
        writer.string(field.code)
        writer.key("detail")
        writer.string(field.detail)
        writer.endObject()
    }
}
