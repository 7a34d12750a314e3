import Hummingbird
import Logging

/// One line at debug for each request: the route, never the address, which may hold a capability.
struct AccessLogMiddleware: RouterMiddleware {
    func handle(
        _ request: Request,
        context: RestContext,
        next: @concurrent (Request, RestContext) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        let response = try await next(request, context)
        context.logger.debug(
            "a request was answered",
            metadata: [
                "http.method": "\(request.method)",
                "http.route": "\(context.endpointPath ?? "none")",
                "http.status": "\(response.status.code)",
                "http.duration_ms": "\((ContinuousClock.now - start) / .milliseconds(1))",
            ]
        )
        return response
    }
}
