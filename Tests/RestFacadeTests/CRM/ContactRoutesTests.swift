import Domain
import HTTPTypes
import Testing

@testable import RestFacade

@Suite struct ContactRoutesTests {
    static let path = "/api/v1/crm/contacts"

    @Test func aContactLives() async throws {
        try await RestHub.with { hub in
            let token = try await hub.signedIn("سارة").token
            let made = try await hub.client.post(
                Self.path,
                [
                    "name": "ليلى", "labels": ["vip"], "fields": ["city": "جدة", "size": "L"],
                    "identities": [
                        ["kind": "phone", "value": "00966 50 123 4567"],
                        ["kind": "email", "value": "Layla@Shop.Example"],
                    ],
                ],
                token: token
            )
            #expect(made.status == 201)
            let path = try #require(made.header("Location"))
            let identities = try made.list("identities").compactMap { $0["value"]?.string }
            #expect(identities == ["layla@shop.example", "+966501234567"])
            #expect(try await hub.client.get(path, token: token).json() == made.json())

            let patch: [String: JSONValue] = ["fields": ["size": .null, "color": "red"], "company": "متجر"]
            let changed = try await hub.client.patch(path, patch, token: token, headers: ["If-Match": #""v1""#])
            #expect(try changed.json()["fields"] == ["city": "جدة", "color": "red"])
            for number in ["%2B966501234567", "+966501234567", "966501234567"] {
                let found = try await hub.client.get("\(Self.path)?phone=\(number)", token: token)
                #expect(try found.list("items").count == 1, "\(number)")
            }
            #expect(try await hub.client.get("\(Self.path)?email=x@y.example", token: token).list("items").isEmpty)
            try await hub.client.get("\(Self.path)?email=x@y.example&zid=1", token: token)
                .expectProblem(422, "invalid")

            let note = try await hub.client.post("\(path)/notes", ["text": "اتصلت"], token: token)
            #expect(note.status == 201)
            let timeline = try await hub.client.get("\(path)/timeline?limit=10", token: token)
            #expect(try timeline.list("items").map { $0["text"]?.string } == ["اتصلت"])
        }
    }

    @Test func whatIsWrongIsToldMemberByMember() async throws {
        try await RestHub.with { hub in
            let token = try await hub.signedIn("سارة").token
            let answer = try await hub.client.post(
                Self.path,
                ["id": "n_1", "name": "", "owner": "me", "fields": ["a": 1], "identities": [["kind": "fax"]]],
                token: token
            )
            try answer.expectProblem(422, "invalid")
            let errors = try answer.list("errors").map { "\($0["pointer"]?.string ?? "") \($0["code"]?.string ?? "")" }
            #expect(
                Set(errors) == [
                    "#/id unknown", "#/name too_short", "#/owner too_short", "#/fields/a type",
                    "#/identities/0/kind choice", "#/identities/0/value required",
                ])
            let form = try await hub.client.post(
                Self.path, ["name": "ل", "identities": [["kind": "phone", "value": "0501234567"]]], token: token)
            try form.expectProblem(422, "invalid")
            #expect(try form.list("errors").first?["pointer"]?.string == "#/identities/0/value")
        }
    }

    @Test func anIdentityThatIsTakenNamesItsContact() async throws {
        try await RestHub.with { hub in
            let token = try await hub.signedIn("سارة").token
            let body: [String: JSONValue] = ["name": "ل", "identities": [["kind": "zid", "value": "77"]]]
            let first = try await hub.client.post(Self.path, body, token: token)
            let second = try await hub.client.post(Self.path, body, token: token)
            try second.expectProblem(409, "conflict")
            #expect(try second.text("detail").contains(first.text("id")))
            #expect(try second.list("errors").first?["code"]?.string == "taken")
        }
    }

    @Test func anAgentDoesNotSeeTheContactsOfOthers() async throws {
        try await RestHub.with { hub in
            let admin = try await hub.signedIn("سارة", role: .admin)
            let agent = try await hub.signedIn("عمر").token
            let made = try await hub.client.post(
                Self.path, ["name": "ل", "owner": .string(admin.user.id.text)], token: admin.token)
            let path = try #require(made.header("Location"))
            try await hub.client.get(path, token: agent).expectProblem(404, "not_found")
            try await hub.client.patch(path, ["name": "x"], token: agent).expectProblem(404, "not_found")
            try await hub.client.get("\(path)/timeline", token: agent).expectProblem(404, "not_found")
            #expect(try await hub.client.get(Self.path, token: agent).list("items").isEmpty)
            #expect(try await hub.client.get(Self.path, token: admin.token).list("items").count == 1)
        }
    }
}
