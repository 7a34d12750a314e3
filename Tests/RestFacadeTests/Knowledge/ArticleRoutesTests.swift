import Actors
import Domain
import HTTPTypes
import Testing

@testable import RestFacade

@Suite struct ArticleRoutesTests {
    private static let path = "/api/v1/ai/articles"
    private static let body: [String: JSONValue] = [
        "title": "سياسة الاسترجاع", "body": "# المدة\nخلال أربعة عشر يومًا", "tags": ["استرجاع"],
        "url": "https://shop.example/refunds", "state": "published",
    ]

    @Test func anArticleLives() async throws {
        try await RestHub.with { hub in
            let boss = try await hub.signedIn("سارة", role: .supervisor)
            let agent = try await hub.signedIn("عمر").token
            try await hub.client.post(Self.path, Self.body, token: agent).expectProblem(403, "forbidden")
            let key = ["Idempotency-Key": "k1"]
            let made = try await hub.client.post(Self.path, Self.body, token: boss.token, headers: key)
            #expect(made.status == 201)
            #expect(try made.text("language") == "ar" && made.text("audience") == "customers")
            #expect(try made.text("author").hasPrefix("u_"))
            let again = try await hub.client.post(Self.path, Self.body, token: boss.token, headers: key)
            #expect(try again.json() == made.json() && again.header("Idempotent-Replayed") == "true")
            let place = try #require(made.header("Location"))
            #expect(try await hub.client.get(place, token: agent).json() == made.json())
            let page = try await hub.client.get(
                "\(Self.path)?tag=%D8%A7%D8%B3%D8%AA%D8%B1%D8%AC%D8%A7%D8%B9", token: agent)
            #expect(try page.list("items") == [made.json()])
            let guarded = ["If-Match": #""v1""#]
            let changed = try await hub.client.patch(
                place, ["audience": "staff", "url": .null], token: boss.token, headers: guarded)
            #expect(try changed.json()["url"] == nil && changed.number("version") == 2)
            try await hub.client.patch(place, ["title": "x"], token: boss.token, headers: guarded)
                .expectProblem(412, "stale")
            #expect(try await hub.client.send(.delete, place, token: boss.token).status == 204)
            try await hub.client.get(place, token: agent).expectProblem(404, "not_found")
        }
    }

    @Test func whatIsNoArticleIsRefused() async throws {
        var options = RestHub.Options()
        options.knowledge.maxArticleBytes = 100
        try await RestHub.with(options) { hub in
            let boss = try await hub.signedIn("سارة", role: .admin).token
            let wrong: [[String: JSONValue]] = [
                ["body": "  \n "], ["body": .string(String(repeating: "ن", count: 51))], ["title": " "],
                ["url": "javascript:alert(1)"], ["language": "fr"], ["author": "u_x"],
            ]
            for change in wrong {
                let body = Self.body.merging(change) { _, new in new }
                try await hub.client.post(Self.path, body, token: boss).expectProblem(422, "invalid")
            }
            let most = Self.body.merging(["body": .string(String(repeating: "ن", count: 50))]) { _, new in new }
            #expect(try await hub.client.post(Self.path, most, token: boss).status == 201)
            let tagged = most.merging(["tags": ["بطاقة", "بطاقه", "دفع"]]) { _, new in new }
            let made = try await hub.client.post(Self.path, tagged, token: boss)
            #expect(try made.list("tags") == ["بطاقة", "دفع"])
        }
    }

    @Test func passagesAreSearched() async throws {
        try await RestHub.with { hub in
            let boss = try await hub.signedIn("سارة", role: .supervisor).token
            let agent = try await hub.signedIn("عمر").token
            let made = try await hub.client.post(Self.path, Self.body, token: boss)
            let inside: [String: JSONValue] = [
                "title": "داخلي", "body": "الاسترجاع يوافق عليه المشرف", "state": "published", "audience": "staff",
            ]
            #expect(try await hub.client.post(Self.path, inside, token: boss).status == 201)
            // الإسترجاع
            let search = "\(Self.path)/search?q=%D8%A7%D9%84%D8%A5%D8%B3%D8%AA%D8%B1%D8%AC%D8%A7%D8%B9"
            let all = try await hub.client.get(search, token: agent)
            #expect(try all.list("items").count == 2 && all.text("mode") == "words")
            let customers = try await hub.client.get(search + "&audience=customers&limit=5", token: agent)
            let item = try #require(try customers.list("items").first)
            #expect(try customers.list("items").count == 1 && item["article"]?.string == made.text("id"))
            #expect(item["heading"] == "المدة" && item["by"] == ["words"] && item["url"] == Self.body["url"])
            try await hub.client.get("\(Self.path)/search", token: agent).expectProblem(422, "invalid")
            try await hub.client.get(search + "&limit=21", token: agent).expectProblem(422, "invalid")
            let visitor = try await hub.visitor("نورة").token
            try await hub.client.get(search, token: visitor).expectProblem(403, "forbidden")
        }
    }
}
