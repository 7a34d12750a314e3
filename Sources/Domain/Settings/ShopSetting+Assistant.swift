/// The assistant.
extension ShopSetting {
    static let assistant = [
        assistantAnswersFirst, assistantHours, assistantInstructions, assistantTone, assistantLanguages,
        assistantAnswerTokens, assistantContextTokens, assistantPatience,
    ]

    package static let assistantAnswersFirst = ShopSetting(
        "assistant.answers_first", .flag, .bool(false),
        "هل يرد المساعد على المحادثات الجديدة أولًا. بلا نموذج لغوي تذهب إلى الموظفين.",
        "Whether the assistant meets new conversations first. Without a language model they go to people."
    )

    package static let assistantHours = ShopSetting(
        "assistant.hours", .choice(AssistantDoor.Hours.allCases.map(\.rawValue)), "always",
        "متى يستقبل المساعد المحادثات الجديدة: دائمًا، أو خارج ساعات العمل فقط، أو خلالها فقط.",
        "When the assistant meets new conversations: always, only outside the opening hours, or only within them."
    )

    package static let assistantTone = ShopSetting(
        "assistant.tone", .choice(AssistantManner.Tone.allCases.map(\.rawValue)), "friendly",
        "نبرة المساعد: ودودة، أو رسمية، أو مباشرة.", "The assistant's tone: friendly, formal or plain."
    )

    package static let assistantLanguages = ShopSetting(
        "assistant.languages", .languages, ["ar", "en"],
        "اللغات التي يجيب بها المساعد؛ ومن كتب بغيرها أُجيب بالأولى.",
        "The languages that the assistant answers in; others are answered in the first one."
    )

    package static let assistantContextTokens = ShopSetting(
        "assistant.context_tokens", .integer(1000...200_000), .integer(6000),
        "كم يقرأ المساعد من المحادثة بالرموز؛ وما قبل ذلك يُلخَّص. يجب أن يتسع له النموذج.",
        "How much of a conversation the assistant reads, in tokens; what was before is summarised. "
            + "The model must have room for it."
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
