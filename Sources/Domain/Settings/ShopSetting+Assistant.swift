/// The assistant.
extension ShopSetting {
    static let assistant = [assistantAnswersFirst, assistantInstructions, assistantAnswerTokens, assistantPatience]

    package static let assistantAnswersFirst = ShopSetting(
        "assistant.answers_first", .flag, .bool(false),
        "هل يرد المساعد على المحادثات الجديدة أولًا. بلا نموذج لغوي تذهب إلى الموظفين.",
        "Whether the assistant meets new conversations first. Without a language model they go to people."
    )

    package static let assistantInstructions = ShopSetting(
        "assistant.instructions", .line(maxLength: 4000),
        .string("كن ودودًا وموجزًا، ولا تعد بما لا تعرفه."),
        "ما يقال للمساعد عن أسلوبه وعن المتجر.", "What the assistant is told of its manner and of the shop."
    )

    package static let assistantAnswerTokens = ShopSetting(
        "assistant.answer_tokens", .integer(50...4000), .integer(600),
        "أطول جواب للمساعد بالرموز.", "The longest answer of the assistant, in tokens."
    )

    package static let assistantPatience = ShopSetting(
        "assistant.patience_ms", .integer(0...10_000), .integer(800),
        "كم ينتظر المساعد قبل أن يجيب، بأجزاء الألف من الثانية: فالناس يكتبون رسائل قصيرة متتابعة.",
        "How long the assistant listens before it answers, in milliseconds: people write in short messages."
    )
}
