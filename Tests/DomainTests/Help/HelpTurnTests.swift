import HubTestKit
import Testing

@testable import Domain

@Suite struct HelpTurnTests {
    private typealias Action = HelpTurn.Action

    private static let rules = HelpRules(shopNames: "متجرنا", manner: "كن موجزا")
    private static let lines = HelpMaterial(lines: [HelpLine(.customer, "كم السعر؟")])

    private static func answer(
        _ text: String,
        refusal: String? = nil,
        finish: Completion.Finish = .stop
    ) -> Completion {
        Completion(text: text, refusal: refusal, toolCalls: [], finish: finish, usage: nil)
    }

    /// A turn whose question was put to the model.
    private static func asking(
        _ wish: HelpRequest.Wish = .reply(draft: ""),
        _ material: HelpMaterial = lines
    ) -> HelpTurn {
        let request = HelpRequest(wish, in: Samples.room)
        var turn = HelpTurn(request, rules)
        #expect(turn.begin() == [.read(maxTokens: 6000)])
        let actions = turn.read(.success(material))
        #expect(actions == [.accept, .ask(HelpPrompt(request, material, rules).request)])
        return turn
    }

    private func actions(_ turn: inout HelpTurn, _ step: (inout HelpTurn) -> [Action]) -> [Action] { step(&turn) }

    @Test func whatIsWrittenIsShownAndEndsWhole() {
        var turn = Self.asking()
        #expect(actions(&turn) { $0.heard("\n ") }.isEmpty)
        #expect(actions(&turn) { $0.heard(" خمسون") } == [.show("خمسون")])
        #expect(actions(&turn) { $0.heard(" ريالا") } == [.show(" ريالا")])
        #expect(
            actions(&turn) { $0.answered(Self.answer("\n  خمسون ريالا\n")) }
                == [.end(.done("خمسون ريالا", missing: []))])
        #expect(turn.isOver)
        #expect(actions(&turn) { $0.heard("x") + $0.answered(Self.answer("x")) + $0.stopped() }.isEmpty)
        #expect(actions(&turn) { $0.ranOutOfTime() + $0.failed(CompletionFailure(.truncated)) }.isEmpty)
        #expect(actions(&turn) { $0.read(.success(Self.lines)) }.isEmpty)
    }

    @Test func whatIsCutOffSaysSo() {
        var turn = Self.asking()
        #expect(
            actions(&turn) { $0.answered(Self.answer("خمسون", finish: .length)) }
                == [.end(.done("خمسون …", missing: []))])
    }

    @Test(arguments: [
        answer(""), answer(" \n"), answer("x", finish: .contentFilter), answer("", refusal: "لا أستطيع"),
    ])
    func whatSaysNothingFails(answer: Completion) {
        var turn = Self.asking()
        guard case .end(.failed(let error))? = turn.answered(answer).first else {
            Issue.record("it did not fail")
            return
        }
        #expect(error.code == .unavailable && error.retryAfter != nil)
    }

    @Test func aTranslationGetsItsCodesBack() {
        let material = HelpMaterial(text: "رمزك ABCD-1234 بسعر 50 على https://shop.example/x")
        var turn = Self.asking(.translation(.message(1)), material)
        #expect(actions(&turn) { $0.heard("Your code ⟦") } == [.show("Your code ")])
        #expect(actions(&turn) { $0.heard("1⟧ is 50") } == [.show("ABCD-1234 is 50")])
        #expect(
            actions(&turn) { $0.answered(Self.answer("Your code ⟦1⟧ is 50")) }
                == [.end(.done("Your code ABCD-1234 is 50", missing: ["https://shop.example/x"]))])
    }

    @Test func whatCannotBeReadIsRefused() {
        var turn = HelpTurn(HelpRequest(.translation(.message(9)), in: Samples.room), Self.rules)
        #expect(actions(&turn) { $0.read(.failure(.notFound("no"))) } == [.refuse(.notFound("no"))])
        #expect(turn.isOver)
    }

    @Test func whoStopsBeforeItBeganIsRefused() {
        var turn = HelpTurn(HelpRequest(.summary, in: Samples.room), Self.rules)
        let actions = turn.stopped()
        guard case .refuse(let error)? = actions.first, actions.count == 1 else {
            Issue.record("\(actions)")
            return
        }
        #expect(error.code == .notJoined && turn.isOver)
    }

    @Test func stoppingEndsTheRequest() {
        var turn = Self.asking()
        _ = turn.heard("خمسون")
        #expect(actions(&turn) { $0.stopped() } == [.stopAsking, .end(.cancelled)])
    }

    @Test func timeRunsOut() {
        var turn = Self.asking()
        let actions = turn.ranOutOfTime()
        guard actions.count == 2, actions.first == .stopAsking, case .end(.failed(let error)) = actions[1] else {
            Issue.record("\(actions)")
            return
        }
        #expect(error.code == .unavailable)
    }

    @Test func aConversationThatIsTooLongIsReadShorterOnce() {
        var turn = Self.asking(.summary)
        let tooLong = CompletionFailure(.contextTooLong)
        #expect(actions(&turn) { $0.failed(tooLong) } == [.read(maxTokens: 1500)])
        let request = HelpRequest(.summary, in: Samples.room)
        #expect(
            actions(&turn) { $0.read(.success(Self.lines)) }
                == [.ask(HelpPrompt(request, Self.lines, Self.rules).request)], "it is accepted once")
        #expect(actions(&turn) { $0.failed(tooLong) } == [.end(.failed(HubError(help: tooLong)))])
        #expect(HubError(help: tooLong).code == .tooLarge)
    }

    @Test func aTextThatIsTooLongIsNotCut() {
        var turn = Self.asking(.translation(.text("x")), HelpMaterial(text: "x"))
        let tooLong = CompletionFailure(.contextTooLong)
        #expect(actions(&turn) { $0.failed(tooLong) } == [.end(.failed(HubError(help: tooLong)))])
    }

    @Test(arguments: [
        CompletionFailure.Kind.badCredential, .unknownModel, .badRequest(parameter: nil), .tooFast, .outOfCredit,
        .overloaded, .unreachable, .truncated, .malformed, .resting, .overBudget(BudgetStop(.dayTokens, until: nil)),
    ])
    func failuresSayWhatToDoAndNothingOfTheServer(kind: CompletionFailure.Kind) {
        var turn = Self.asking()
        _ = turn.heard("خمسون")
        let failure = CompletionFailure(kind, "sk-secret", retryAfter: .seconds(7))
        guard case .end(.failed(let error))? = turn.failed(failure).first else {
            Issue.record("it did not fail")
            return
        }
        #expect(error.code == .unavailable && error.retryAfter != nil && !error.message.contains("sk-"))
        if kind == .tooFast { #expect(error.retryAfter == .seconds(7)) }
    }

    @Test func rulesAreThoseOfTheShop() {
        let chosen: [(ShopSetting, JSONValue)] = [
            (.helpRequests, 3), (.helpSeconds, 9), (.nameEn, "Cards"), (.language, "en"),
        ]
        let states = chosen.map { setting, value in
            var state = ShopSettingState(setting)
            state.chosen = value
            return state
        }
        let rules = HelpRules(ShopProfile(states))
        #expect(rules.requestsPerMinute == 3 && rules.maxTime == .seconds(9) && rules.language == .english)
        #expect(rules.maxCharacters == 8000 && rules.maxContextTokens == 6000 && rules.maxAnswerTokens == 800)
        #expect(rules.shopNames.hasSuffix("(Cards)"))
    }
}
