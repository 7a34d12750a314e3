import Domain
import HubTestKit
import Testing

@Suite struct EventContentTests {
    @Test func samplesHaveEveryKind() {
        #expect(Set(Samples.contents.map(\.kind)) == Set(EventContent.Kind.allCases))
    }

    @Test(arguments: Samples.contents)
    func survivesTheRoundTripThroughTheLog(content: EventContent) throws {
        let stored = try JSONParser.parse(content.json.text)
        let read = EventContent(kind: content.kind, json: stored, target: content.target, replyTo: content.replyTo)
        #expect(read == content)
    }

    @Test(arguments: Samples.contents)
    func isTheSameRequestAsItself(content: EventContent) {
        for other in Samples.contents {
            #expect(content.isSameRequest(as: other) == other.isSameRequest(as: content))
            if content == other { #expect(content.isSameRequest(as: other)) }
            if content.kind != other.kind { #expect(!content.isSameRequest(as: other)) }
        }
    }

    @Test func whatTheLogAddsMakesNoOtherRequest() {
        let omar = Assignee(.user(.sample(1)), name: "عمر")
        let renamed = Assignee(.user(.sample(1)), name: "عمر الجديد")
        let draft = EventContent.assignment(to: omar, epoch: 0)
        #expect(draft.isSameRequest(as: .assignment(to: renamed, epoch: 9)))
        #expect(!draft.isSameRequest(as: .assignment(to: nil, epoch: 0)))
        #expect(!EventContent.assignment(to: nil, epoch: 0).isSameRequest(as: draft))
        #expect(EventContent.assignment(to: nil, epoch: 0).isSameRequest(as: .assignment(to: nil, epoch: 4)))
        let team = Assignee(.team(.sample(1)), name: "عمر")
        #expect(!draft.isSameRequest(as: .assignment(to: team, epoch: 0)))

        let named = Participant(kind: .staff, id: Samples.agent.id, name: "other")
        let added = EventContent.membership(.added, who: Samples.agent)
        #expect(added.isSameRequest(as: .membership(.added, who: named)))
        #expect(!added.isSameRequest(as: .membership(.removed, who: Samples.agent)))
        #expect(!added.isSameRequest(as: .membership(.added, who: Samples.colleague)))
    }

    @Test func everyOtherDifferenceMakesAnotherRequest() {
        let message = EventContent.message(.text("a"), replyTo: nil)
        #expect(!message.isSameRequest(as: .message(.text("b"), replyTo: nil)))
        #expect(!message.isSameRequest(as: .message(.text("a"), replyTo: 1)))
        #expect(!EventContent.deletion(target: 1).isSameRequest(as: .deletion(target: 2)))
        let reaction = EventContent.reaction(target: 1, emoji: "👍", on: true)
        #expect(!reaction.isSameRequest(as: .reaction(target: 1, emoji: "👍", on: false)))
        #expect(!EventContent.state(.open, until: nil).isSameRequest(as: .state(.pending, until: nil)))
    }

    @Test func onlyChangesHaveATargetAndOnlyMessagesReply() {
        for content in Samples.contents {
            switch content.kind {
            case .edit, .deletion, .reaction, .status: #expect(content.target != nil && content.replyTo == nil)
            case .message, .assignment, .state, .membership, .labels, .clock, .survey, .rating, .run:
                #expect(content.target == nil)
            }
        }
        #expect(EventContent.message(.text("a"), replyTo: 3).replyTo == 3)
    }

    @Test func messagesAndEditsWithoutCodesAreSearched() {
        for content in Samples.contents {
            switch content.kind {
            // Codes are not looked for.
            case .message, .edit: #expect((content.searchText?.isEmpty ?? true) == (content.codes != nil))
            case .deletion, .reaction, .status, .assignment, .state, .membership, .labels, .clock, .survey, .rating,
                .run:
                #expect(content.searchText == nil)
            }
        }
    }

    @Test(arguments: [
        (EventContent.Kind.message, #"{}"#),
        (.message, #"{"kind":"song","body":{"text":"a"}}"#),
        (.message, #"{"kind":"text","body":{}}"#),
        (.edit, #"{"kind":"text"}"#),
        (.reaction, #"{"emoji":"x"}"#),
        (.reaction, #"{"on":true}"#),
        (.status, #"{}"#),
        (.status, #"{"state":"lost"}"#),
        (.message, #"{"kind":"location","body":{"latitude":1}}"#),
        (.assignment, #"{"to":null}"#),
        (.assignment, #"{"to":{"kind":"user","id":"x","name":"n"},"epoch":1}"#),
        (.state, #"{"state":"lost"}"#),
        (.state, #"{}"#),
        (.membership, #"{"change":"added"}"#),
        (.labels, #"{"added":[{"id":"z_1"}],"removed":[]}"#),
        (.clock, #"{"clock":"first_response","stage":"late","due":"2026-11-21T08:00:00Z"}"#),
        (.rating, #"{"survey":1,"score":9}"#),
        (.membership, #"{"change":"lost","who":{"kind":"staff","id":"x","name":"n"}}"#),
    ])
    func refusesRowsItDidNotWrite(kind: EventContent.Kind, text: String) throws {
        #expect(EventContent(kind: kind, json: try JSONParser.parse(text), target: 1, replyTo: nil) == nil)
    }

    @Test func changeWithoutTargetIsRefused() {
        for content in Samples.contents where content.target != nil {
            #expect(EventContent(kind: content.kind, json: content.json, target: nil, replyTo: nil) == nil)
        }
    }
}
