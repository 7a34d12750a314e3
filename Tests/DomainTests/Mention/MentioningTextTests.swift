import Domain
import HubTestKit
import Testing

@Suite struct MentioningTextTests {
    private let users = (1...3).map(UserID.sample)

    @Test func eachPersonIsMentionedOnce() throws {
        let body = try MentioningText.body(.text("@هند"), mentioning: [users[1], users[0], users[1]])
        guard case .mentioning(let text) = body else {
            Issue.record("\(body) mentions nobody")
            return
        }
        #expect(text.people.map(\.user) == [users[1], users[0]])
        #expect(body.kind == .text && body.plainText == "@هند" && body.fullText == "@هند")
    }

    @Test func nobodyMentionedIsAPlainText() throws {
        #expect(try MentioningText.body(.text("a"), mentioning: []) == .text("a"))
        #expect(MentioningText("a", []) == nil)
    }

    @Test func aCrowdIsABadRequest() throws {
        let crowd = Array(repeating: users[0], count: MentioningText.maxPeople)
        #expect(try MentioningText.body(.text("a"), mentioning: crowd).kind == .text)
        let error = try #require(throws: HubError.self) {
            try MentioningText.body(.text("a"), mentioning: crowd + [users[1]])
        }
        #expect(error.code == .badRequest)
    }

    @Test func itIsStoredAsItIs() throws {
        let text = try #require(
            MentioningText("@هند و @عمر", [.init(user: users[0], name: "هند"), .init(user: users[1])]))
        let json = MessageBody.mentioning(text).json
        #expect(MessageBody(kind: .text, json: try JSONParser.parse(json.text)) == .mentioning(text))
    }

    @Test(arguments: [
        #"{"text":"a","mentions":"u_1"}"#, #"{"text":"a","mentions":[{"id":"u_1","name":"b"}]}"#,
        #"{"text":"a","mentions":[{"name":"b"}]}"#, #"{"text":"a","mentions":[]}"#, #"{"mentions":[]}"#,
    ])
    func whatMentionsNobodyIsNone(text: String) throws {
        #expect(MentioningText(json: try JSONParser.parse(text)) == nil)
    }

    @Test func aRetryIsTheSameWhateverPeopleAreCalledNow() throws {
        func content(_ text: String, _ people: [MentioningText.Person], replyTo: SequenceNumber? = nil) throws
            -> EventContent
        {
            .message(.mentioning(try #require(MentioningText(text, people))), replyTo: replyTo)
        }
        let first = try content("a", [.init(user: users[0], name: "هند"), .init(user: users[1], name: "عمر")])
        let again = try content("a", [.init(user: users[1], name: "عمر العلي"), .init(user: users[0])])
        #expect(first.isSameRequest(as: again))
        let others = [
            try content("a", [.init(user: users[0])]),
            try content("b", [.init(user: users[0]), .init(user: users[1])]),
            try content("a", [.init(user: users[0]), .init(user: users[1])], replyTo: 1),
            .message(.text("a"), replyTo: nil),
        ]
        for other in others {
            #expect(!first.isSameRequest(as: other))
            #expect(!other.isSameRequest(as: first))
        }
    }
}
