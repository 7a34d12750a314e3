import Domain
import Testing

@Suite struct SlackTests {
    private static let url = "https://hooks.slack.com/services/T0001/B0001/Secret24"

    @Test func theAddressIsNeverShown() throws {
        let webhook = try SlackWebhook(ServiceFields(["webhook_url": Self.url]))
        var dumped = ""
        dump(webhook, to: &dumped)
        for text in ["\(webhook)", String(reflecting: webhook), dumped] { #expect(!text.contains("Secret24")) }
        #expect(webhook.masked == "https://hooks.slack.com/services/T0001/…")
    }

    @Test(arguments: [
        "https://hooks.slack.com/services/T0001/B0001", "https://hooks.slack.com/services/T0001/B0001/a/b",
        "https://hooks.slack.com/services/X0001/B0001/abc", "https://hooks.slack.com/services/T0001/B0001/abc?x=1",
        "https://hooks.slack.com.evil.example/services/T0001/B0001/abc", "https://hooks.slack.com/workflows/T1/B1/abc",
    ])
    func onlySlacksOwnShapeIsTaken(_ url: String) {
        #expect(throws: ServiceFieldsProblem.self) { try SlackWebhook(ServiceFields(["webhook_url": url])) }
    }

    @Test func threeCharactersAreEscaped() {
        #expect(SlackWebhook.escape("<!channel> a & b > ج \u{1F600}") == "&lt;!channel&gt; a &amp; b &gt; ج \u{1F600}")
    }
}
