import HTTPTypes
import Hummingbird

/// Headers that every answer has, unless a route says otherwise.
struct ResponseHeadersMiddleware: RouterMiddleware {
    private static let requestID = name("X-Request-ID")
    private static let frameOptions = name("X-Frame-Options")
    private static let referrerPolicy = name("Referrer-Policy")

    /// Nothing of ours is a page unless it says so: an answer that is opened as one can do nothing.
    private static let noContent = "default-src 'none'; frame-ancestors 'none'"

    func handle(
        _ request: Request,
        context: RestContext,
        next: @concurrent (Request, RestContext) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        response.headers[Self.requestID] = context.id
        response.headers[.xContentTypeOptions] = "nosniff"
        if response.headers[.contentSecurityPolicy] == nil {
            response.headers[.contentSecurityPolicy] = Self.noContent
            response.headers[Self.frameOptions] = "DENY"
        }
        if response.headers[Self.referrerPolicy] == nil { response.headers[Self.referrerPolicy] = "no-referrer" }
        if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
        return response
    }

    private static func name(_ text: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(text) else { preconditionFailure("\(text) is a token of RFC 9110") }
        return name
    }
}
