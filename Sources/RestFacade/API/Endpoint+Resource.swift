import Domain
import HTTPTypes
import Hummingbird

/// The five operations that most resources have, described alike.
extension Endpoint {
    static func list<Sort: SortKey>(
        _ path: String,
        _ id: String,
        _ summary: String,
        of resource: ResourceSchema,
        right: Right,
        sorts: Sort.Type,
        filters: [Parameter] = [],
        isSearchable: Bool = true,
        run: @escaping @Sendable (Call) async throws -> Response
    ) -> Endpoint {
        Endpoint(
            method: .get,
            path: path,
            id: id,
            summary: summary,
            right: right,
            query: ListParameters.parameters(sorts, isSearchable: isSearchable) + filters,
            answers: [Answer(status: .ok, note: "A page.", content: .json(resource.page))],
            run: run
        )
    }

    static func create(
        _ path: String,
        _ id: String,
        _ summary: String,
        of resource: ResourceSchema,
        right: Right,
        run: @escaping @Sendable (Call) async throws -> Response
    ) -> Endpoint {
        Endpoint(
            method: .post,
            path: path,
            id: id,
            summary: summary,
            right: right,
            body: .json(resource.creation),
            isOnce: true,
            answers: [
                Answer(
                    status: .created, note: "It was made.", content: .json(resource.document), hasVersion: true,
                    hasLocation: true),
                .conflict,
            ],
            run: run
        )
    }

    static func read(
        _ path: String,
        _ id: String,
        _ summary: String,
        of resource: ResourceSchema,
        right: Right,
        run: @escaping @Sendable (Call) async throws -> Response
    ) -> Endpoint {
        Endpoint(
            method: .get,
            path: path,
            id: id,
            summary: summary,
            right: right,
            answers: [
                Answer(status: .ok, note: "As it is now.", content: .json(resource.document), hasVersion: true),
                Answer(status: .notModified, note: "Not changed since the version in If-None-Match."),
            ],
            run: run
        )
    }

    static func change(
        _ path: String,
        _ id: String,
        _ summary: String,
        of resource: ResourceSchema,
        right: Right,
        run: @escaping @Sendable (Call) async throws -> Response
    ) -> Endpoint {
        Endpoint(
            method: .patch,
            path: path,
            id: id,
            summary: summary,
            right: right,
            body: .json(resource.patch),
            isConditional: true,
            answers: [
                Answer(status: .ok, note: "As it is now.", content: .json(resource.document), hasVersion: true),
                .conflict,
            ],
            run: run
        )
    }

    static func remove(
        _ path: String,
        _ id: String,
        _ summary: String,
        right: Right,
        run: @escaping @Sendable (Call) async throws -> Response
    ) -> Endpoint {
        Endpoint(
            method: .delete,
            path: path,
            id: id,
            summary: summary,
            right: right,
            isConditional: true,
            answers: [Answer(status: .noContent, note: "It is gone."), .conflict],
            run: run
        )
    }
}

extension Endpoint.Answer {
    static let conflict = problem(.conflict, "It contradicts what is there.")

    /// One that `Problem` says more of.
    static func problem(_ status: HTTPResponse.Status, _ note: String) -> Endpoint.Answer {
        Endpoint.Answer(status: status, note: note, content: .media("application/problem+json"))
    }
}
