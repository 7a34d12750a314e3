import HubTestKit
import Testing

@testable import Domain

@Suite struct AssistantTurnTests {
    private typealias Action = AssistantTurn.Action

    private static let tool = ToolOffer(name: "find", purpose: "Finds.", parameters: ["type": "object"])
    private static let call = ToolCall(id: "call_1", name: "find", arguments: "{}")
    private static let question = CompletionMessage.user("كم السعر؟")

    private static func rules() -> AssistantRules {
        var rules = AssistantRules(instructions: "كن موجزا")
        rules.maxRounds = 2
        rules.maxContextTokens = 4000
        return rules
    }

    private static func request(_ messages: [CompletionMessage]) -> Action {
        .ask(CompletionRequest([.system("كن موجزا")] + messages, tools: [tool], maxTokens: 600, temperature: 0.2))
    }

    private static func answer(
        _ text: String,
        _ calls: [ToolCall] = [],
        refusal: String? = nil,
        finish: Completion.Finish = .stop
    ) -> Completion {
        Completion(text: text, refusal: refusal, toolCalls: calls, finish: finish, usage: nil)
    }

    /// A turn whose question was read and put to the model.
    private static func asking() -> AssistantTurn {
        var turn = AssistantTurn(rules(), tools: [tool])
        #expect(turn.begin() == [.read(maxTokens: 4000)])
        let actions = turn.read(.init([question], upTo: 3))
        #expect(actions == [request([question])])
        return turn
    }

    private func actions(_ turn: inout AssistantTurn, _ step: (inout AssistantTurn) -> [Action]) -> [Action] {
        step(&turn)
    }

    // MARK: The model

    @Test func anAnswerIsShownAndWritten() {
        var turn = Self.asking()
        #expect(actions(&turn) { $0.heard("خمسون ") } == [.show("خمسون")], "a mark may follow")
        #expect(actions(&turn) { $0.heard("") }.isEmpty)
        #expect(
            actions(&turn) { $0.answered(Self.answer(" خمسون ريالا\n")) } == [.write(.text("خمسون ريالا"), seen: 3)])
        #expect(!turn.isOver)
        turn.written()
        #expect(turn.isOver)
    }

    @Test func withoutABudgetPeopleAreToldWhichOne() {
        var turn = Self.asking()
        let stop = BudgetStop(.dayCost, until: Samples.start)
        #expect(
            actions(&turn) { $0.failed(CompletionFailure(.overBudget(stop))) }
                == [.end(.failed), .handOver(.stopped, summary: stop.note)])
        #expect(turn.isOver && stop.note.contains(Budget.dayCost.words.ar))
    }

    @Test func requestsSayUnderWhichVersionTheyAreMade() {
        var rules = Self.rules()
        rules.version = 7
        var turn = AssistantTurn(rules, tools: [])
        guard case .ask(let request)? = turn.read(.init([Self.question], upTo: 3)).first else {
            Issue.record("it does not ask")
            return
        }
        #expect(request.version == 7)
    }

    @Test func aRefusalIsTheAnswerAndWhatIsCutOffSaysSo() {
        var turn = Self.asking()
        #expect(
            actions(&turn) { $0.answered(Self.answer("", refusal: "لا أستطيع")) } == [
                .write(.text("لا أستطيع"), seen: 3)
            ])
        turn = Self.asking()
        #expect(
            actions(&turn) { $0.answered(Self.answer("خمسون", finish: .length)) } == [.write(.text("خمسون …"), seen: 3)]
        )
    }

    @Test(arguments: [answer(" \n"), answer("نص", finish: .contentFilter)])
    func whatIsNoAnswerGoesToPeople(_ answer: Completion) {
        var turn = Self.asking()
        #expect(
            actions(&turn) { $0.answered(answer) } == [.end(.failed), .handOver(.unsure, summary: "")])
        #expect(turn.isOver)
    }

    @Test func aFailureGoesToPeople() {
        var turn = Self.asking()
        _ = turn.heard("خمس")
        #expect(
            actions(&turn) { $0.failed(CompletionFailure(.truncated)) }
                == [.end(.failed), .handOver(.failed, summary: "")])
        #expect(actions(&turn) { $0.heard("ون") }.isEmpty)
        #expect(actions(&turn) { $0.answered(Self.answer("خمسون")) }.isEmpty, "nothing comes after the end")
    }

    @Test func aConversationThatIsTooLongIsShortenedOnce() {
        var turn = Self.asking()
        let tooLong = CompletionFailure(.contextTooLong)
        #expect(actions(&turn) { $0.failed(tooLong) } == [.read(maxTokens: 1000)])
        #expect(actions(&turn) { $0.read(.init([Self.question], upTo: 3)) } == [Self.request([Self.question])])
        #expect(actions(&turn) { $0.failed(tooLong) } == [.end(.failed), .handOver(.failed, summary: "")])
    }

    // MARK: Tools

    @Test func toolsAreCalledAndTheirAnswersFollowTheirCalls() {
        var turn = Self.asking()
        _ = turn.heard("لحظة")
        #expect(
            actions(&turn) { $0.answered(Self.answer("لحظة", [Self.call], finish: .toolCalls)) }
                == [.takeBack, .call([Self.call])])
        let asked = Self.request([
            Self.question, .assistant("لحظة", calls: [Self.call]), .tool(call: "call_1", "[]"),
        ])
        #expect(actions(&turn) { $0.called([.init(call: "call_1", text: "[]")]) } == [asked])
    }

    @Test func whatItUsedOfTheArticlesIsCited() throws {
        var turn = Self.asking()
        _ = turn.answered(Self.answer("", [Self.call]))
        let passages = [FoundPassage.sample(1, title: "الاسترجاع", "خلال ١٤ يومًا"), .sample(2, title: "الدفع", "مدى")]
        let asked = actions(&turn) { $0.called([.init(call: "call_1", text: "[]", passages: passages)]) }
        guard case .ask(let request)? = asked.last, case .tool(_, let told)? = request.messages.last else {
            Issue.record("it asks with what was found")
            return
        }
        let found = try JSONParser.parse(told, maxDepth: 8).array ?? []
        #expect(found.compactMap { $0["ref"]?.string } == ["[#1]", "[#2]"] && found.first?["text"] == "خلال ١٤ يومًا")
        #expect(actions(&turn) { $0.heard("خلال يومين [") } == [.show("خلال يومين")])
        #expect(actions(&turn) { $0.heard("#2]، نعم") } == [.show("، نعم")])
        let source = CitedText.Source(article: .sample(2), title: "الدفع", url: "https://shop.example/2")
        let cited = try #require(CitedText("خلال يومين، نعم", [source]))
        #expect(
            actions(&turn) { $0.answered(Self.answer("خلال يومين [#2]، نعم [#7]")) }
                == [.write(.cited(cited), seen: 3)], "what was never found is not cited")
    }

    @Test func aCitationThatIsInventedIsDropped() {
        var turn = Self.asking()
        #expect(actions(&turn) { $0.answered(Self.answer("نعم [#1].")) } == [.write(.text("نعم."), seen: 3)])
    }

    @Test func toolsAreNotCalledForEver() {
        var turn = Self.asking()
        for _ in 0..<2 {
            _ = turn.answered(Self.answer("", [Self.call]))
            _ = turn.called([.init(call: "call_1", text: "[]")])
        }
        #expect(
            actions(&turn) { $0.answered(Self.answer("", [Self.call])) }
                == [.end(.failed), .handOver(.unsure, summary: "")])
    }

    @Test func aToolGivesTheCustomerToPeople() {
        var turn = Self.asking()
        _ = turn.answered(Self.answer("", [Self.call]))
        let answer = AssistantTurn.ToolAnswer(call: "call_1", text: "{}", handover: "يريد استرجاعا")
        #expect(
            actions(&turn) { $0.called([answer]) } == [.end(.done), .handOver(.asked, summary: "يريد استرجاعا")])
        #expect(turn.isOver)
    }

    // MARK: People

    @Test func whatTheCustomerWritesMeanwhileIsReadAsWell() {
        var turn = Self.asking()
        _ = turn.heard("خمس")
        #expect(actions(&turn) { $0.customerWrote(3) }.isEmpty, "it was read already")
        #expect(actions(&turn) { $0.customerWrote(5) } == [.stopAsking, .takeBack, .read(maxTokens: 4000)])
        #expect(
            actions(&turn) { $0.read(.init([Self.question], upTo: 3)) } == [.read(maxTokens: 4000)],
            "what was read was older")
        let both = [Self.question, CompletionMessage.user("ومتى؟")]
        #expect(actions(&turn) { $0.read(.init(both, upTo: 5)) } == [Self.request(both)])
    }

    @Test func whatToolsHaveDoneStays() {
        var turn = Self.asking()
        _ = turn.answered(Self.answer("", [Self.call]))
        #expect(actions(&turn) { $0.customerWrote(5) }.isEmpty, "they are waited for")
        #expect(actions(&turn) { $0.called([.init(call: "call_1", text: "[]")]) } == [.read(maxTokens: 4000)])
        #expect(
            actions(&turn) { $0.read(.init([Self.question], upTo: 5)) } == [
                Self.request([Self.question, .assistant("", calls: [Self.call]), .tool(call: "call_1", "[]")])
            ])
    }

    @Test func anAnswerThatTheLogRefusesIsWrittenAnewOrNot() {
        var turn = Self.asking()
        _ = turn.heard("خمسون")
        _ = turn.answered(Self.answer("خمسون"))
        #expect(actions(&turn) { $0.customerWrote(5) }.isEmpty, "the log says so")
        #expect(actions(&turn) { $0.refused(isOutdated: true) } == [.takeBack, .read(maxTokens: 4000)])
        _ = turn.read(.init([Self.question], upTo: 5))
        _ = turn.answered(Self.answer("ستون"))
        #expect(actions(&turn) { $0.refused(isOutdated: false) } == [.end(.cancelled)])
        #expect(turn.isOver)
    }

    @Test func whoStopsItStopsItOnce() {
        var turn = Self.asking()
        #expect(actions(&turn) { $0.stopped() } == [.stopAsking, .end(.cancelled)])
        #expect(actions(&turn) { $0.stopped() }.isEmpty)
        #expect(actions(&turn) { $0.ranOutOfTime() }.isEmpty)
    }

    @Test func timeEnds() {
        var turn = Self.asking()
        #expect(
            actions(&turn) { $0.ranOutOfTime() } == [.stopAsking, .end(.failed), .handOver(.failed, summary: "")])
    }

    /// Whatever comes in whatever order: a run ends once, is written once at most, and nothing follows the end.
    @Test(arguments: 0..<200)
    func whateverHappensItEndsOnce(_ seed: Int) {
        var random = SeededRandom(seed: UInt64(seed))
        var turn = AssistantTurn(Self.rules(), tools: [Self.tool])
        var seq: Int64 = 3
        var (ends, writes, isAsked) = (0, 0, false)
        for _ in 0..<60 {
            let wasOver = turn.isOver
            let actions: [Action] =
                switch Int.random(in: 0..<9, using: &random) {
                case 0: turn.read(.init([Self.question], upTo: SequenceNumber(seq)))
                case 1: turn.heard("نص")
                case 2: turn.answered(Self.answer("نص"))
                case 3: turn.answered(Self.answer("", [Self.call]))
                case 4: turn.called([.init(call: "call_1", text: "[]")])
                case 5:
                    {
                        seq += 1
                        return turn.customerWrote(SequenceNumber(seq))
                    }()
                case 6: turn.refused(isOutdated: Bool.random(using: &random))
                case 7: Int.random(in: 0..<8, using: &random) == 0 ? turn.stopped() : []
                default: Int.random(in: 0..<8, using: &random) == 0 ? turn.failed(CompletionFailure(.overloaded)) : []
                }
            if wasOver { #expect(actions.isEmpty) }
            for action in actions {
                switch action {
                case .end: ends += 1
                case .write: writes += 1
                case .ask:
                    #expect(!isAsked, "one request at a time")
                    isAsked = true
                case .stopAsking, .call, .read: isAsked = false
                case .show: #expect(isAsked)
                case .takeBack, .handOver: break
                }
            }
            if actions.contains(where: { if case .write = $0 { true } else { false } }) { isAsked = false }
        }
        #expect(ends <= 1 && (ends == 1) == turn.isOver)
    }
}
