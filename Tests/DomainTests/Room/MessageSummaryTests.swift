import Domain
import HubTestKit
import Testing

@Suite struct MessageSummaryTests {
    @Test func survivesTheRoundTrip() throws {
        let summary = MessageSummary(
            seq: 4, at: Samples.start, author: Samples.agent, kind: .file, excerpt: "فاتورة\n1")
        #expect(MessageSummary(json: try JSONParser.parse(summary.json.text)) == summary)
    }

    @Test(arguments: ["seq", "at", "by", "kind", "text"])
    func everyMemberIsNeeded(name: String) {
        let summary = MessageSummary(seq: 4, at: Samples.start, author: Samples.agent, kind: .text, excerpt: "a")
        guard case .object(var members) = summary.json else {
            Issue.record("a summary is an object")
            return
        }
        members[name] = nil
        #expect(MessageSummary(json: .object(members)) == nil)
    }
}
