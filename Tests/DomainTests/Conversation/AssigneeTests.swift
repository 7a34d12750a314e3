import Domain
import HubTestKit
import Testing

@Suite struct AssigneeTests {
    private let omar = Assignee(.user(.sample(1)), name: "عمر")
    private let team = Assignee(.team(.sample(1)), name: "المبيعات")

    @Test func survivesTheRoundTrip() {
        #expect(Assignee(json: omar.json) == omar)
        #expect(Assignee(json: team.json) == team)
        #expect(Assignee(json: Assignee.assistant.json) == .assistant)
    }

    @Test func isTheSameWhateverTheName() {
        #expect(omar.isSame(as: Assignee(.user(.sample(1)), name: "x")))
        #expect(!omar.isSame(as: team))
        #expect(!omar.isSame(as: Assignee(.user(.sample(2)), name: "عمر")))
        #expect(!omar.isSame(as: nil))
    }

    @Test(arguments: [
        #"{}"#,
        #"{"kind":"user","id":"u_00000000000000000000000001"}"#,
        #"{"kind":"user","id":"t_00000000000000000000000001","name":"n"}"#,
        #"{"kind":"team","id":"u_00000000000000000000000001","name":"n"}"#,
        #"{"kind":"bot","id":"u_00000000000000000000000001","name":"n"}"#,
        #"{"id":"u_00000000000000000000000001","name":"n"}"#,
        #"{"kind":"assistant","id":"u_00000000000000000000000001","name":"n"}"#,
    ])
    func refuses(text: String) throws {
        #expect(Assignee(json: try JSONParser.parse(text)) == nil)
    }
}
