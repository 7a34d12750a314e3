import HTTPTypes
import Hummingbird

/// Headers that every answer has, unless a route says otherwise.
struct ResponseHeadersMiddleware: RouterMiddleware {
    /// Nothing of ours is a page unless it says so: an answer that is opened as one can do nothing.
    private static let noContent = "default-src 'none'; frame-ancestors 'none'"

    func handle(
        _ request: Request,
        context: RestContext,
        next: @concurrent (Request, RestContext) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        response.headers[.requestID] = context.requestID
        response.headers[.xContentTypeOptions] = "nosniff"
        if response.headers[.contentSecurityPolicy] == nil {
            response.headers[.contentSecurityPolicy] = Self.noContent
            response.headers[.frameOptions] = "DENY"
        }
        if response.headers[.referrerPolicy] == nil { response.headers[.referrerPolicy] = "no-referrer" }
        if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
        return response
    }
}
