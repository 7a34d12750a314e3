import Domain
import HTTPTypes

/// The API as OpenAPI 3.1 describes it, made from the endpoints that serve it.
struct OpenAPIDocument {
    let json: JSONValue

    /// Of the API, which is named in its path.
    private static let version = "1.0.0"

    init(groups: [any EndpointGroup]) {
        var schemas: [String: JSONValue] = [:]
        var paths: [String: JSONValue] = [:]
        for group in groups {
            for endpoint in group.endpoints {
                var operations = paths[endpoint.address]?.object ?? [:]
                operations[endpoint.method.rawValue.lowercased()] = endpoint.operation(tag: group.title, &schemas)
                paths[endpoint.address] = .object(operations)
            }
        }
        _ = Problem.schema.document(&schemas)
        json = [
            "openapi": "3.1.0",
            "info": [
                "title": "TwoCards Hub",
                "version": .string(Self.version),
                "summary": "Conversations, products and customers of a shop.",
                "description": .string(Self.description),
            ],
            "servers": [["url": "/"]],
            "tags": .array(groups.map { ["name": .string($0.title)] }),
            "security": [["bearer": []]],
            "paths": .object(paths),
            "components": [
                "schemas": .object(schemas),
                "headers": OpenAPIHeader.components,
                "responses": OpenAPIProblem.components,
                "securitySchemes": [
                    "bearer": [
                        "type": "http",
                        "scheme": "bearer",
                        "description": "What signing in answers as `access_token`, or an API token.",
                    ]
                ],
            ],
        ]
    }

    private static let description = """
        Errors are problem documents (RFC 9457) with a stable `code`. Lists answer a page and the cursor of the next \
        one. Changes are merge patches (RFC 7396), and `If-Match` guards them against changes of others. Times are \
        UTC as in RFC 3339; amounts are whole numbers in the minor unit of their currency.
        """
}
