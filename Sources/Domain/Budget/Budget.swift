/// A bound of what the language model may take.
package enum Budget: String, Sendable, CaseIterable {
    case conversationTokens = "conversation_tokens"
    case conversationCost = "conversation_cost"
    case dayTokens = "day_tokens"
    case dayCost = "day_cost"
    case monthTokens = "month_tokens"
    case monthCost = "month_cost"
    case customerHour = "customer_hour"
    case customerDay = "customer_day"

    /// What is summed up for it.
    package enum Span: String, Sendable, CaseIterable {
        /// One case of one conversation.
        case conversation
        case day, month
        case customerHour = "customer_hour"
        case customerDay = "customer_day"
    }

    package enum Measure: Sendable, CaseIterable {
        case tokens, cost, answers
    }

    package var span: Span {
        switch self {
        case .conversationTokens, .conversationCost: .conversation
        case .dayTokens, .dayCost: .day
        case .monthTokens, .monthCost: .month
        case .customerHour: .customerHour
        case .customerDay: .customerDay
        }
    }

    package var measure: Measure {
        switch self {
        case .conversationTokens, .dayTokens, .monthTokens: .tokens
        case .conversationCost, .dayCost, .monthCost: .cost
        case .customerHour, .customerDay: .answers
        }
    }

    /// Whether its end is told to the shop; that of a customer's rate is told to colleagues of the conversation alone.
    package var isTold: Bool { measure != .answers }

    package func spent(of spending: Spending) -> Int64 {
        switch measure {
        case .tokens: spending.tokens
        case .cost: spending.cost
        case .answers: spending.answers
        }
    }

    package func held(of spending: Spending) -> Int64 {
        switch measure {
        case .tokens: spending.heldTokens
        case .cost: spending.heldCost
        case .answers: 0
        }
    }

    package var words: StatusMessage {
        switch self {
        case .conversationTokens: StatusMessage(ar: "رموز هذه المحادثة", en: "the tokens of this conversation")
        case .conversationCost: StatusMessage(ar: "كلفة هذه المحادثة", en: "the cost of this conversation")
        case .dayTokens: StatusMessage(ar: "رموز اليوم", en: "the tokens of this day")
        case .dayCost: StatusMessage(ar: "كلفة اليوم", en: "the cost of this day")
        case .monthTokens: StatusMessage(ar: "رموز الشهر", en: "the tokens of this month")
        case .monthCost: StatusMessage(ar: "كلفة الشهر", en: "the cost of this month")
        case .customerHour: StatusMessage(ar: "أجوبة هذا العميل في الساعة", en: "this customer's answers of the hour")
        case .customerDay: StatusMessage(ar: "أجوبة هذا العميل في اليوم", en: "this customer's answers of the day")
        }
    }
}
