import Testing

@testable import Domain

@Suite struct AnswerMeterTests {
    private static func whole(_ text: String, _ calls: [ToolCall] = [], _ usage: TokenUsage?) -> Completion {
        Completion(text: text, refusal: nil, toolCalls: calls, finish: .stop, usage: usage)
    }

    @Test func theServersNumbersCount() {
        var meter = AnswerMeter(prompt: 100)
        meter.hear("خمسون")
        let whole = Self.whole("خمسون", [], TokenUsage(prompt: 90, completion: 2))
        #expect(meter.usage(of: whole) == TokenUsage(prompt: 90, completion: 2))
    }

    @Test func withoutThemItIsWhatWasSentAndHeard() {
        var meter = AnswerMeter(prompt: 100)
        meter.hear("abcd ")
        meter.hear("efgh")
        #expect(meter.usage == TokenUsage(prompt: 100, completion: 3, isEstimated: true), "9 letters, 3 tenths each")
        let call = ToolCall(id: "1", name: "find", arguments: #"{"q":1}"#)
        let usage = meter.usage(of: Self.whole("abcd efgh", [call], nil))
        #expect(usage.completion > 3 && usage.isEstimated, "calls are written as well")
    }

    @Test func whoIsCancelledBeforeAWordPaysForTheQuestion() {
        #expect(AnswerMeter(prompt: 7).usage == TokenUsage(prompt: 7, completion: 0, isEstimated: true))
    }

    @Test(arguments: [
        CompletionFailure.Kind.badCredential, .unknownModel, .badRequest(parameter: nil), .contextTooLong, .tooFast,
        .outOfCredit, .overloaded, .unreachable, .resting, .overBudget(BudgetStop(.dayTokens, until: nil)),
    ])
    func aRefusalCostsNothingUnlessSomethingWasHeard(_ kind: CompletionFailure.Kind) {
        var meter = AnswerMeter(prompt: 50)
        #expect(meter.usage(after: CompletionFailure(kind)) == TokenUsage(prompt: 0, completion: 0))
        meter.hear("ab")
        #expect(meter.usage(after: CompletionFailure(kind)).prompt == 50)
    }

    @Test(arguments: [CompletionFailure.Kind.truncated, .malformed])
    func aStreamThatWasCutIsPaid(_ kind: CompletionFailure.Kind) {
        let usage = AnswerMeter(prompt: 50).usage(after: CompletionFailure(kind))
        #expect(usage == TokenUsage(prompt: 50, completion: 0, isEstimated: true))
    }
}
