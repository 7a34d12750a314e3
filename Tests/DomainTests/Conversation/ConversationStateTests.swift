import Domain
import Testing

@Suite struct ConversationStateTests {
    @Test func customerOpensWhatWasPutAway() {
        #expect(ConversationState.allCases.filter(\.reopensOnCustomerMessage) == [.pending, .snoozed, .resolved])
    }

    @Test func namesAreThoseOfTheContract() {
        #expect(ConversationState.allCases.map(\.rawValue) == ["open", "pending", "snoozed", "resolved"])
    }
}
