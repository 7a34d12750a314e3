import HTTPTypes
import Hummingbird

/// Answers 405 and what is allowed (RFC 9110 section 15.5.6) where an address is known and its method is not.
enum MethodFence {
    private static let methods =
        [.get, .head, .post, .put, .patch, .delete, .options, .trace] + [HTTPRequest.Method("QUERY")].compactMap(\.self)

    /// To be called once, after the last route.
    static func close(_ router: Router<RestContext>) {
        for entries in Dictionary(grouping: router.routes, by: \.path.description).values {
            var allowed = entries.map(\.method)
            guard let path = entries.first?.path else { continue }
            if allowed.contains(.get), !allowed.contains(.head) { allowed.append(.head) }
            for method in methods where !allowed.contains(method) {
                router.on(path, method: method) { [allowed] request, context in
                    refusal(to: request, context: context, allowed: allowed)
                }
            }
        }
    }

    /// - Parameter allowed: What the address takes.
    static func refusal(to request: Request, context: RestContext, allowed: [HTTPRequest.Method]) -> Response {
        let list = allowed.map(\.rawValue).sorted().joined(separator: ", ")
        let problem = Problem(.methodNotAllowed, code: "bad_request", detail: "this address takes \(list)")
        var response = problem.response(from: request, context: context)
        response.headers[.allow] = list
        return response
    }
}
