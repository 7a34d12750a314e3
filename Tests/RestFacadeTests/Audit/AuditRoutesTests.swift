import Domain
import Storage
import Testing

@testable import RestFacade

@Suite struct AuditRoutesTests {
    private static let path = "/api/v1/logs"

    @Test func whatWasDoneIsListedNewestFirst() async throws {
        try await RestHub.with { hub in
            let (user, token) = try await hub.signedIn("سارة", role: .admin)
            let made = try await Self.product("A", hub, token)
            _ = try await hub.client.patch("/api/v1/products/\(made)", ["price": 700], token: token)

            let page = try await hub.client.get("\(Self.path)?subject=\(made)", token: token)
            #expect(page.status == 200)
            let rows = try page.list("items")
            #expect(rows.map { $0["action"]?.string } == ["product.changed", "product.created"])
            #expect(rows[0]["actor_id"]?.string == user.id.text && rows[0]["actor_name"]?.string == "سارة")
            #expect(rows[0]["before"] == .object(["price": .integer(1)]))
            #expect(rows[0]["after"] == .object(["price": .integer(700)]))
            #expect(rows[0]["address"]?.string == "127.0.0.1")

            let seq = try #require(rows[0]["seq"]?.integer)
            #expect(try await hub.client.get("\(Self.path)/\(seq)", token: token).json() == rows[0])
            for nothing in ["0", "999", "x", "-1", "9223372036854775808"] {
                try await hub.client.get("\(Self.path)/\(nothing)", token: token).expectProblem(404, "not_found")
            }
        }
    }

    @Test func filtersAndPages() async throws {
        try await RestHub.with { hub in
            let token = try await hub.signedIn("سارة", role: .admin).token
            for sku in ["A", "B", "C"] { _ = try await Self.product(sku, hub, token) }
            func count(_ query: String) async throws -> Int {
                try await hub.client.get("\(Self.path)?\(query)", token: token).list("items").count
            }
            #expect(try await count("action=product.") == 3)
            #expect(try await count("action=product.created&actor_kind=user") == 3)
            #expect(try await count("action=product.removed") == 0)
            #expect(try await count("from=2100-01-01T00:00:00Z") == 0)
            let first = try await hub.client.get("\(Self.path)?limit=2&action=product.", token: token)
            let next = try first.text("next")
            #expect(try await count("limit=2&action=product.&cursor=\(next)") == 1)
            try await hub.client.get("\(Self.path)?from=yesterday", token: token).expectProblem(422, "invalid")
        }
    }

    @Test func anExportIsCompleteAndIsItselfWrittenDown() async throws {
        try await RestHub.with { hub in
            let token = try await hub.signedIn("سارة", role: .admin).token
            let subject = AuditSubject(kind: "t", id: #"=1,"2""#)
            // More than two pages.
            try await hub.stores.audit.record(
                (0..<1200).map { _ in AuditEvent("test", subject) }, by: .system, at: hub.clock.now)
            let json = try await hub.client.get("\(Self.path)/export?subject_kind=t", token: token)
            #expect(json.status == 200 && json.header("Content-Type") == "application/x-ndjson")
            let lines = String(decoding: json.body, as: UTF8.self).split(separator: "\n")
            let seqs = try lines.map { try JSONParser.parse(String($0), maxDepth: 8)["seq"]?.integer }
            #expect(seqs.count == 1200 && seqs == seqs.sorted { $0 ?? 0 < $1 ?? 0 })

            let csv = try await hub.client.get("\(Self.path)/export?format=csv&subject_kind=t", token: token)
            #expect(csv.header("Content-Type")?.hasPrefix("text/csv") == true)
            #expect(csv.header("Content-Disposition") == #"attachment; filename="audit-log.csv""#)
            let table = String(decoding: csv.body, as: UTF8.self).split(separator: "\r\n")
            #expect(table.count == 1201 && table[0].hasPrefix("seq,at,actor_kind"))
            #expect(table[1].contains(#""'=1,""2""""#))

            let exports = try await hub.client.get("\(Self.path)?action=logs.exported", token: token).list("items")
            #expect(exports.map { $0["after"]?["query"]?.string } == ["format=csv&subject_kind=t", "subject_kind=t"])
        }
    }

    @Test func onlyWhoHasTheRightReadsIt() async throws {
        try await RestHub.with { hub in
            let agent = try await hub.signedIn("عمر", role: .agent).token
            for path in [Self.path, "\(Self.path)/1", "\(Self.path)/export"] {
                try await hub.client.get(path, token: agent).expectProblem(403, "forbidden")
            }
            let admin = try await hub.signedIn("سارة", role: .supervisor).token
            let refusals = try await hub.client.get("\(Self.path)?action=access.refused", token: admin).list("items")
            #expect(refusals.count == 3)
        }
    }

    private static func product(_ sku: String, _ hub: RestHub, _ token: String) async throws -> String {
        try await hub.client.post(
            "/api/v1/products", ["name_ar": "أ", "sku": .string(sku), "price": 1], token: token
        ).text("id")
    }
}
