import Domain
import HTTPTypes
import Testing

@testable import RestFacade

@Suite struct OpenAPITests {
    @Test func theDocumentIsServedAndKept() async throws {
        try await RestHub.with { hub in
            let answer = try await hub.client.get("/api/v1/openapi.json")
            #expect(answer.status == 200)
            #expect(answer.header("Content-Type") == "application/json; charset=utf-8")
            let tag = try #require(answer.header("ETag"))
            let again = try await hub.client.get("/api/v1/openapi.json", headers: ["If-None-Match": tag])
            #expect(again.status == 304 && again.body.isEmpty)
        }
    }

    @Test func everyEndpointIsAnOperation() async throws {
        try await RestHub.with { hub in
            let document = try await hub.client.get("/api/v1/openapi.json").json()
            #expect(document["openapi"]?.string == "3.1.0")
            let paths = try #require(document["paths"]?.object)
            let operations = paths.flatMap { path, operations in
                (operations.object ?? [:]).map { "\($0.key) \(path) \($0.value["operationId"]?.string ?? "")" }
            }
            let expected = hub.facade.makeGroups().flatMap(\.endpoints).map { endpoint in
                "\(endpoint.method.rawValue.lowercased()) \(endpoint.address) \(endpoint.id)"
            }
            #expect(operations.sorted() == expected.sorted())
        }
    }

    @Test func anOperationSaysWhatItTakesAndGives() async throws {
        try await RestHub.with { hub in
            let document = try await hub.client.get("/api/v1/openapi.json").json()
            let change = try #require(document["paths"]?["/api/v1/products/{product}"]?["patch"])
            let names = try #require(change["parameters"]?.array).compactMap { $0["name"]?.string }
            #expect(names == ["product", "If-Match"])
            let bodies = try #require(change["requestBody"]?["content"]?.object)
            #expect(Set(bodies.keys) == ["application/json", "application/merge-patch+json"])
            let statuses = try #require(change["responses"]?.object).keys.sorted()
            #expect(
                statuses == ["200", "400", "401", "403", "404", "409", "412", "413", "415", "422", "429", "503"])
            #expect(change["responses"]?["200"]?["headers"]?["ETag"] != nil)
            #expect(change["description"]?.string?.contains("products:write") == true)
            let login = try #require(document["paths"]?["/api/v1/auth/login"]?["post"])
            #expect(login["security"]?.array == [])
        }
    }

    @Test func everyReferenceLeadsSomewhere() async throws {
        try await RestHub.with { hub in
            let document = try await hub.client.get("/api/v1/openapi.json").json()
            for reference in Self.references(in: document) {
                let target = reference.split(separator: "/").dropFirst().reduce(document as JSONValue?) { value, name in
                    value?[String(name)]
                }
                #expect(target != nil, "\(reference)")
            }
        }
    }

    private static func references(in value: JSONValue) -> Set<String> {
        switch value {
        case .object(let members):
            Set(members.flatMap { references(in: $0.value) } + [members["$ref"]?.string].compactMap(\.self))
        case .array(let elements):
            Set(elements.flatMap(references))
        case .null, .bool, .integer, .number, .string:
            []
        }
    }
}
