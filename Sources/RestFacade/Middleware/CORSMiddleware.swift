import HTTPTypes
import Hummingbird

/// Lets the widget on allowed pages call the API (Fetch Standard, "CORS protocol"). No cookies are ever used.
struct CORSMiddleware: RouterMiddleware {
    let isAllowedOrigin: @Sendable (_ origin: String, _ host: String) -> Bool

    func handle(
        _ request: Request,
        context: RestContext,
        next: @concurrent (Request, RestContext) async throws -> Response
    ) async throws -> Response {
        guard let origin = request.headers[.origin], request.uri.path.hasPrefix("/api/"),
            isAllowedOrigin(origin, request.head.authority ?? "")
        else { return try await next(request, context) }
        if request.method == .options, request.headers[.accessControlRequestMethod] != nil {
            return Response(
                status: .noContent,
                headers: [
                    .accessControlAllowOrigin: origin,
                    .vary: "Origin",
                    .accessControlAllowMethods: "GET, POST, PUT, PATCH, DELETE",
                    .accessControlAllowHeaders: "Authorization, Content-Type, Last-Event-ID",
                    .accessControlMaxAge: "600",
                ]
            )
        }
        var response = try await next(request, context)
        response.headers[.accessControlAllowOrigin] = origin
        response.headers[.accessControlExposeHeaders] = "Retry-After, X-Request-ID"
        response.headers[.vary] = "Origin"
        return response
    }
}
