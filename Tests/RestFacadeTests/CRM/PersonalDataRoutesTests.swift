import Domain
import HTTPTypes
import Testing

@testable import RestFacade

@Suite struct PersonalDataRoutesTests {
    private static let path = ContactRoutesTests.path

    @Test func twoContactsBecomeOneAndTwoAgain() async throws {
        try await RestHub.with { hub in
            let admin = try await hub.signedIn("سارة", role: .supervisor).token
            let agent = try await hub.signedIn("عمر").token
            let kept = try await hub.client.post(Self.path, ["name": "ليلى"], token: admin).text("id")
            let body: [String: JSONValue] = ["name": "L", "identities": [["kind": "email", "value": "l@b.example"]]]
            let ended = try await hub.client.post(Self.path, body, token: admin).text("id")
            let merge = "\(Self.path)/\(kept)/merge"
            let order: [String: JSONValue] = ["from": .string(ended)]
            try await hub.client.post(merge, order, token: agent).expectProblem(403, "forbidden")
            let merged = try await hub.client.post(merge, order, token: admin)
            #expect(merged.status == 200)
            #expect(try merged.list("identities").count == 1)
            let gone = try await hub.client.get("\(Self.path)/\(ended)", token: admin)
            try gone.expectProblem(404, "not_found")
            #expect(try gone.list("errors").first?["detail"]?.string == kept)
            let found = try await hub.client.get("\(Self.path)?email=l@b.example", token: admin)
            #expect(try found.list("items").first?["id"]?.string == kept)
            let undone = try await hub.client.post("\(Self.path)/\(ended)/unmerge", [:], token: admin)
            #expect(undone.status == 200)
            let back = try await hub.client.get("\(Self.path)/\(ended)", token: admin)
            #expect(try back.list("identities").count == 1)
        }
    }

    @Test func aPersonIsExportedAndForgotten() async throws {
        try await RestHub.with { hub in
            let admin = try await hub.signedIn("سارة", role: .admin).token
            let visitor = try await hub.visitor("ليلى").visitor
            for number in 1...3 { try await hub.say("سؤال \(number)", visitor.participant, in: visitor.room) }
            let made = try await hub.client.post(
                Self.path,
                ["name": "ليلى", "identities": [["kind": "visitor", "value": .string(visitor.id.text)]]],
                token: admin)
            let path = try #require(made.header("Location"))
            let export = try await hub.client.get("\(path)/export", token: admin)
            #expect(export.status == 200)
            #expect(export.header("Content-Disposition")?.hasPrefix("attachment") == true)
            let conversation = try #require(try export.list("conversations").first)
            #expect(conversation["events"]?.array?.count == 3)
            #expect(conversation["events"]?.array?[2]["body"]?["text"]?.string == "سؤال 3")
            #expect(conversation["visitor"]?["name"]?.string == "ليلى")

            let erase = "\(path)/erase"
            try await hub.client.post(erase, [:], token: admin).expectProblem(422, "invalid")
            let other = ContactID.make(at: hub.clock.now).text
            try await hub.client.post(erase, ["confirm": .string(other)], token: admin).expectProblem(422, "invalid")
            let id = try made.text("id")
            let report = try await hub.client.post(erase, ["confirm": .string(id)], token: admin)
            #expect(report.status == 200)
            #expect(try report.number("messages") == 3)
            try await hub.client.get(path, token: admin).expectProblem(404, "not_found")
            try await hub.client.get("\(path)/export", token: admin).expectProblem(404, "not_found")
            let events = try await hub.client.get("/api/v1/rooms/\(visitor.room)/events", token: admin)
            #expect(!String(decoding: events.body, as: UTF8.self).contains("سؤال"))
        }
    }
}
