import Actors
import Domain
import HTTPTypes
import Testing

@testable import RestFacade

@Suite struct CodeImportRoutesTests {
    private static let path = "/api/v1/codes/imports"

    @Test func badLinesAreToldByTheirNumber() async throws {
        try await RestHub.with { hub in
            let token = try await hub.signedIn("سارة", role: .admin).token
            let product = try await hub.makeCodeProduct(token)
            let text = "GOOD-0001\n\"\"\nGOOD-0001\nGOOD-0002,someday\n"
            let refused = try await hub.importCodes(text, product, token)
            try refused.expectProblem(422, "invalid")
            let told = try refused.list("errors").map { "\($0["pointer"]?.string ?? "") \($0["code"]?.string ?? "")" }
            #expect(told == ["#/lines/2 required", "#/lines/3 duplicate", "#/lines/4 format"])
            #expect(try await hub.client.get("/api/v1/codes", token: token).list("items").isEmpty)

            let kept = try await hub.importCodes(text, product, token, query: "&mode=valid&name=a.csv")
            #expect(try kept.status == 201 && kept.number("accepted") == 1 && kept.text("name") == "a.csv")
            #expect(try kept.number("invalid") == 2 && kept.number("duplicate") == 1 && kept.number("lines") == 4)
            let report = try await hub.client.get(try #require(kept.header("Location")), token: token)
            #expect(try report.list("problems").map { $0["line"]?.integer } == [2, 3, 4])
            #expect(!String(decoding: report.body, as: UTF8.self).contains("GOOD"))
            let states = try await hub.client.get("\(Self.path)?product=\(product)", token: token).list("items")
            #expect(Set(states.compactMap { $0["state"]?.string }) == ["finished", "refused"])
        }
    }

    @Test(arguments: [
        ("application/json", #"["CODE-0001", {"code": "CODE-0002", "expires_at": "2099-01-01"}]"#),
        ("application/x-ndjson", "\"CODE-0001\"\n{\"code\": \"CODE-0002\"}\n"),
        ("text/csv; charset=utf-8", "CODE-0001\r\nCODE-0002\r\n"),
    ])
    func everyFormat(type: String, body: String) async throws {
        try await RestHub.with { hub in
            let token = try await hub.signedIn("سارة", role: .admin).token
            let product = try await hub.makeCodeProduct(token)
            let made = try await hub.importCodes(body, product, token, type: type)
            #expect(try made.status == 201 && made.number("accepted") == 2)
        }
    }

    @Test func whatCannotBeTakenLeavesNothing() async throws {
        var options = RestHub.Options()
        options.codes.maxPerImport = 3
        options.codes.maxImportBytes = 1000
        options.codes.linesPerTransaction = 1
        try await RestHub.with(options) { hub in
            let token = try await hub.signedIn("سارة", role: .admin).token
            let product = try await hub.makeCodeProduct(token)
            let other = ProductID.make(at: hub.clock.now).text
            try await hub.importCodes("A-000001\nA-000002\nA-000003\nA-000004", product, token)
                .expectProblem(413, "too_large")
            try await hub.importCodes(String(repeating: "x", count: 1001), product, token)
                .expectProblem(413, "too_large")
            try await hub.importCodes(#"["A-000001", "#, product, token, type: "application/json")
                .expectProblem(400, "bad_request")
            try await hub.importCodes("code,pin\nA,1", product, token).expectProblem(400, "bad_request")
            try await hub.importCodes("A", product, token, type: "text/plain").expectProblem(415, "bad_request")
            try await hub.importCodes("A-000001", other, token).expectProblem(404, "not_found")
            try await hub.client.send(.post, Self.path, token: token, headers: ["Content-Type": "text/csv"], body: [65])
                .expectProblem(422, "invalid")
            let imports = try await hub.client.get(Self.path, token: token).list("items")
            #expect(imports.allSatisfy { $0["state"]?.string == "failed" && $0["failure"]?.string != nil })
            #expect(imports.count == 4)
            // What was in a failed import is not known any more.
            #expect(try await hub.importCodes("A-000001\nA-000002", product, token).status == 201)
        }
    }
}

extension RestHub {
    /// The id of a new product that sells codes.
    func makeCodeProduct(_ token: String) async throws -> String {
        let body: [String: JSONValue] = [
            "name_ar": "بطاقة", "sku": .string(ProductID.unguessable().text), "price": 1, "stock_policy": "codes",
        ]
        return try await client.post("/api/v1/products", body, token: token).text("id")
    }

    func importCodes(
        _ text: String,
        _ product: String,
        _ token: String,
        type: String = "text/csv",
        query: String = ""
    ) async throws -> HTTPAnswer {
        try await client.send(
            .post, "/api/v1/codes/imports?product=\(product)\(query)", token: token, headers: ["Content-Type": type],
            body: Array(text.utf8))
    }
}
