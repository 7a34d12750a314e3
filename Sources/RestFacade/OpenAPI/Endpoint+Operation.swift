import Domain
import HTTPTypes

/// Endpoints as operations of OpenAPI.
extension Endpoint {
    /// - Parameter schemas: Takes the named schemas that the operation refers to.
    func operation(tag: String, _ schemas: inout [String: JSONValue]) -> JSONValue {
        var operation: [String: JSONValue] = [
            "operationId": .string(id),
            "tags": [.string(tag)],
            "summary": .string(summary),
            "description": .string(accessNote),
            "parameters": .array(parameters(&schemas)),
            "responses": responses(&schemas),
        ]
        if case .open = access { operation["security"] = [] }
        operation["requestBody"] = requestBody(&schemas)
        return .object(operation)
    }

    private var accessNote: String {
        switch access {
        case .open: "Open to all."
        case .signedIn(let right, _): "For visitors, and for staff with the right `\(right.rawValue)`."
        case .staff(nil, _): "For staff."
        case .staff(let right?, _): "For staff with the right `\(right.rawValue)`."
        }
    }

    // MARK: Requests

    private func parameters(_ schemas: inout [String: JSONValue]) -> [JSONValue] {
        var list = pathParameters.map { name in
            Self.parameter(name, in: "path", isRequired: true, "", Self.pathSchema)
        }
        for parameter in query {
            list.append(
                Self.parameter(
                    parameter.name, in: "query", isRequired: parameter.isRequired, parameter.note,
                    parameter.schema.document(&schemas)))
        }
        for header in requestHeaders {
            list.append(Self.parameter(header.name, in: "header", header.note, header.schema.document(&schemas)))
        }
        return list
    }

    private var requestHeaders: [Parameter] {
        var headers: [Parameter] = []
        if isOnce {
            headers.append(
                Parameter(
                    name: "Idempotency-Key", schema: .text(EndpointDoor.key),
                    note: "Made anew for each thing to be made: a repeated request with it gets the first answer."))
        }
        if isConditional {
            headers.append(
                Parameter(
                    name: "If-Match", schema: .anyText, note: "The `ETag` that was read: refuses lost updates."))
        }
        return headers
    }

    private static let pathSchema: JSONValue = ["type": "string", "minLength": 1, "pattern": "^[^/]+$"]

    private static func parameter(
        _ name: String,
        in place: String,
        isRequired: Bool = false,
        _ note: String,
        _ schema: JSONValue
    ) -> JSONValue {
        var parameter: [String: JSONValue] = [
            "name": .string(name), "in": .string(place), "required": .bool(isRequired), "schema": schema,
        ]
        if !note.isEmpty { parameter["description"] = .string(note) }
        return .object(parameter)
    }

    private func requestBody(_ schemas: inout [String: JSONValue]) -> JSONValue? {
        switch body {
        case .none:
            return nil
        case .json(let schema):
            let media: JSONValue = ["schema": schema.document(&schemas)]
            var content = ["application/json": media]
            if method == .patch, isStrict { content["application/merge-patch+json"] = media }
            return ["required": true, "content": .object(content)]
        case .stream(let types):
            let content = types.map { ($0, ["schema": ["type": "string", "minLength": 1]] as JSONValue) }
            return ["required": true, "content": .object(Dictionary(uniqueKeysWithValues: content))]
        }
    }

    // MARK: Answers

    private func responses(_ schemas: inout [String: JSONValue]) -> JSONValue {
        var responses: [String: JSONValue] = [:]
        for problem in OpenAPIProblem.allCases where canAnswer(problem) {
            responses[String(problem.rawValue)] = problem.reference
        }
        for answer in answers {
            responses[String(answer.status.code)] = response(answer, &schemas)
        }
        return .object(responses)
    }

    /// What follows from what an endpoint takes. A conflict does not: endpoints name it among their answers.
    private func canAnswer(_ problem: OpenAPIProblem) -> Bool {
        switch problem {
        case .badRequest: isWriting || !isStrict && !query.isEmpty
        case .unauthorized, .forbidden: !isOpen
        case .notFound: !pathParameters.isEmpty
        case .conflict: false
        case .stale: isConditional
        case .tooLarge, .unsupportedMedia: takesBody
        case .invalid: isStrict
        case .rateLimited, .unavailable: isCounted
        }
    }

    private var isOpen: Bool {
        if case .open = access { true } else { false }
    }

    private var isWriting: Bool { method != .get && method != .head }

    private var takesBody: Bool {
        if case .none = body { false } else { true }
    }

    private func response(_ answer: Answer, _ schemas: inout [String: JSONValue]) -> JSONValue {
        if case .media("application/problem+json") = answer.content {
            return OpenAPIProblem.response(note: answer.note, headers: [])
        }
        var headers: [OpenAPIHeader] = [.requestID]
        if isCounted { headers += OpenAPIHeader.ofRate }
        if answer.hasVersion { headers.append(.eTag) }
        if answer.hasLocation { headers.append(.location) }
        if isOnce { headers.append(.idempotentReplayed) }
        var response: [String: JSONValue] = [
            "description": .string(answer.note), "headers": OpenAPIHeader.references(headers),
        ]
        response["content"] = content(answer.content, &schemas)
        return .object(response)
    }

    private func content(_ content: Answer.Content, _ schemas: inout [String: JSONValue]) -> JSONValue? {
        switch content {
        case .none:
            return nil
        case .json(let schema):
            return ["application/json": ["schema": schema.document(&schemas)]]
        case .media(let type):
            return .object([type: [:]])
        case .anyMedia(let types):
            return .object(Dictionary(uniqueKeysWithValues: types.map { ($0, [:]) }))
        case .either(let schema, let type):
            return .object(["application/json": ["schema": schema.document(&schemas)], type: [:]])
        }
    }
}
