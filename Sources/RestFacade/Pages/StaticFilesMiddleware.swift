import HTTPTypes
import Hummingbird

/// Answers requests for files. As routes, hundreds of them with every method each, they took a fifth of a start.
struct StaticFilesMiddleware: RouterMiddleware {
    /// By their addresses.
    let files: [String: StaticFile]

    func handle(
        _ request: Request,
        context: RestContext,
        next: @concurrent (Request, RestContext) async throws -> Response
    ) async throws -> Response {
        guard let file = files[Self.address(of: request.uri.path)] else { return try await next(request, context) }
        // One for all, so that what is measured by route stays small.
        context.coreContext.endpointPath.value = "/{file}"
        guard request.method == .get || request.method == .head else {
            return MethodFence.refusal(to: request, context: context, allowed: [.get, .head])
        }
        return file.answer(request)
    }

    /// Slashes too many change nothing, as in every other address of the hub.
    private static func address(of path: String) -> String {
        "/" + path.split(separator: "/").joined(separator: "/")
    }
}
