import Domain
import HTTPTypes
import Hummingbird
import Logging

/// Turns every error into a problem document.
struct ProblemMiddleware: RouterMiddleware {
    func handle(
        _ request: Request,
        context: RestContext,
        next: @concurrent (Request, RestContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch {
            if let problem = Problem(catching: error) { return problem.response(from: request, context: context) }
            context.logger.error("a request failed", metadata: ["error": "\(error)"])
            let told = HubError(.internal, "something went wrong in the hub; it was logged")
            return Problem(told).response(from: request, context: context)
        }
    }
}
