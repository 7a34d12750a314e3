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
        } catch let problem as Problem {
            return problem.response(from: request, context: context)
        } catch let error as HubError {
            return Problem(error).response(from: request, context: context)
        } catch let error as any HTTPResponseError {
            return Problem(error).response(from: request, context: context)
        } catch {
            context.logger.error("a request failed", metadata: ["error": "\(error)"])
            let told = HubError(.internal, "something went wrong in the hub; it was logged")
            return Problem(told).response(from: request, context: context)
        }
    }
}
