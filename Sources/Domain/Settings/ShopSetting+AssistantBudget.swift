/// What the language model costs, and what it may cost.
extension ShopSetting {
    static let assistantBudget = [
        assistantPromptPrice, assistantCompletionPrice, assistantCurrency, assistantConversationTokens,
        assistantConversationCost, assistantDayTokens, assistantDayCost, assistantMonthTokens, assistantMonthCost,
        assistantWarningPercent, assistantCustomerHour, assistantCustomerDay,
    ]

    /// In millionths of the currency: ten thousand for a million tokens.
    private static let prices: ClosedRange<Int64> = 0...10_000_000_000
    private static let tokens: ClosedRange<Int64> = 0...1_000_000_000_000
    /// In millionths of the currency: a thousand million.
    private static let amounts: ClosedRange<Int64> = 0...1_000_000_000_000_000

    package static let assistantPromptPrice = ShopSetting(
        "assistant.prompt_price_micros", .integer(prices), .integer(0),
        "ثمن مليون رمز مما يُرسل إلى النموذج، بأجزاء المليون من العملة.",
        "What a million tokens sent to the model cost, in millionths of the currency."
    )

    package static let assistantCompletionPrice = ShopSetting(
        "assistant.completion_price_micros", .integer(prices), .integer(0),
        "ثمن مليون رمز مما يكتبه النموذج، بأجزاء المليون من العملة.",
        "What a million tokens written by the model cost, in millionths of the currency."
    )

    package static let assistantCurrency = ShopSetting(
        "assistant.currency", .choice(["USD", "SAR", "EUR", "GBP", "AED", "CNY"]), "USD",
        "عملة أثمان النموذج وميزانياته.", "The currency of the model's prices and budgets."
    )

    package static let assistantConversationTokens = ShopSetting(
        "assistant.conversation_budget_tokens", .integer(tokens), .integer(0),
        "أكثر ما تستهلكه حالة واحدة لعميل بالرموز؛ صفر بلا حد.",
        "The most tokens of one case of a customer; 0 for no bound."
    )

    package static let assistantConversationCost = ShopSetting(
        "assistant.conversation_budget_micros", .integer(amounts), .integer(0),
        "أكثر ما تكلفه حالة واحدة لعميل، بأجزاء المليون من العملة؛ صفر بلا حد.",
        "The most that one case of a customer costs, in millionths of the currency; 0 for no bound."
    )

    package static let assistantDayTokens = ShopSetting(
        "assistant.day_budget_tokens", .integer(tokens), .integer(0),
        "أكثر ما يُستهلك في اليوم بالرموز؛ صفر بلا حد.", "The most tokens of a day; 0 for no bound."
    )

    package static let assistantDayCost = ShopSetting(
        "assistant.day_budget_micros", .integer(amounts), .integer(0),
        "أكثر ما يكلفه اليوم، بأجزاء المليون من العملة؛ صفر بلا حد.",
        "The most that a day costs, in millionths of the currency; 0 for no bound."
    )

    package static let assistantMonthTokens = ShopSetting(
        "assistant.month_budget_tokens", .integer(tokens), .integer(0),
        "أكثر ما يُستهلك في الشهر بالرموز؛ صفر بلا حد.", "The most tokens of a month; 0 for no bound."
    )

    package static let assistantMonthCost = ShopSetting(
        "assistant.month_budget_micros", .integer(amounts), .integer(0),
        "أكثر ما يكلفه الشهر، بأجزاء المليون من العملة؛ صفر بلا حد.",
        "The most that a month costs, in millionths of the currency; 0 for no bound."
    )

    package static let assistantWarningPercent = ShopSetting(
        "assistant.budget_warning_percent", .integer(1...100), .integer(80),
        "عند أي جزء من الميزانية يُنبَّه، بالمئة.", "From which part of a budget on there is a warning, in percent."
    )

    /// More than anybody asks, and less than a script does.
    package static let assistantCustomerHour = ShopSetting(
        "assistant.customer_answers_per_hour", .integer(0...10_000), .integer(60),
        "أكثر أجوبة المساعد لعميل واحد في الساعة؛ صفر بلا حد.",
        "The most answers that one customer gets in an hour; 0 for no bound."
    )

    package static let assistantCustomerDay = ShopSetting(
        "assistant.customer_answers_per_day", .integer(0...100_000), .integer(200),
        "أكثر أجوبة المساعد لعميل واحد في اليوم؛ صفر بلا حد.",
        "The most answers that one customer gets in a day; 0 for no bound."
    )
}
