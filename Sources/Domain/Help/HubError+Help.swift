/// What staff are told when the model does not help.
extension HubError {
    package static let helpIsOff = HubError(
        .unavailable, "this hub has no language model: an operator sets OPENAI_API_KEY and OPENAI_MODEL",
        retryAfter: .seconds(60))

    static let noHelp = HubError(
        .unavailable, "the model wrote nothing for this: ask in other words, or write it yourself",
        retryAfter: .seconds(1))

    static let helpTooSlow = HubError(
        .unavailable, "the model took too long: ask again, or write it yourself", retryAfter: .seconds(1))

    init(help failure: CompletionFailure) {
        switch failure.kind {
        case .badCredential, .unknownModel, .badRequest, .outOfCredit:
            self.init(
                .unavailable, "the model does not take this hub's requests: tell an admin, who sees why in the status",
                retryAfter: .seconds(60))
        case .tooFast, .overloaded, .unreachable, .resting:
            self.init(
                .unavailable, "the model cannot be reached or is busy: ask again in a moment",
                retryAfter: failure.retryAfter ?? .seconds(10))
        case .truncated, .malformed:
            self.init(
                .unavailable, "what the model wrote broke off: ask again", retryAfter: .seconds(1))
        case .overBudget(let stop):
            self.init(
                .unavailable, "the shop's budget for the model is used up (\(stop.budget.rawValue)): write it yourself",
                retryAfter: stop.isHeld ? .seconds(10) : .seconds(300))
        case .contextTooLong:
            self.init(.tooLarge, "this is more than the model can read: ask for less of it at once")
        }
    }
}
