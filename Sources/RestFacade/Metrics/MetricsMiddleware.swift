import HTTPTypes
import Hummingbird

/// Measures every request that reaches the router.
struct MetricsMiddleware: RouterMiddleware {
    let metrics: RequestMetrics

    func handle(
        _ request: Request,
        context: RestContext,
        next: @concurrent (Request, RestContext) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        let response = try await next(request, context)
        metrics.record(
            route: context.endpointPath ?? "none",
            method: Self.known.contains(request.method) ? request.method.rawValue : "other",
            status: response.status.code,
            duration: ContinuousClock.now - start
        )
        return response
    }

    /// A method is the client's word: what is not known here gets no label of its own.
    private static let known: Set<HTTPRequest.Method> = [.get, .head, .post, .put, .patch, .delete, .options]
}
