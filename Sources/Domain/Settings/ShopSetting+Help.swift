/// Help of the language model for staff.
extension ShopSetting {
    static let help = [helpRequests, helpCharacters, helpContextTokens, helpAnswerTokens, helpSeconds]

    package static let helpRequests = ShopSetting(
        "help.requests_per_minute", .integer(1...600), .integer(20),
        "كم مرة في الدقيقة يطلب الموظف الواحد اقتراحًا أو ملخصًا أو ترجمة.",
        "How often one member of staff may ask for a suggestion, a summary or a translation in a minute."
    )

    package static let helpCharacters = ShopSetting(
        "help.max_characters", .integer(100...20_000), .integer(8000),
        "أطول نص يُترجم أو يُكمل في طلب واحد، بالحروف.",
        "The longest text that is translated or continued in one request, in characters."
    )

    package static let helpContextTokens = ShopSetting(
        "help.context_tokens", .integer(500...100_000), .integer(6000),
        "كم يُقرأ من المحادثة لاقتراح رد أو لملخص، بالرموز؛ وما زاد يُترك أقدمه.",
        "How much of a conversation is read for a suggestion or a summary, in tokens; what is older is left out."
    )

    package static let helpAnswerTokens = ShopSetting(
        "help.answer_tokens", .integer(50...4000), .integer(800),
        "أطول اقتراح أو ملخص، بالرموز. تأخذ الترجمة ما يحتاجه نصها.",
        "The longest suggestion or summary, in tokens. A translation takes what its text needs."
    )

    package static let helpSeconds = ShopSetting(
        "help.max_seconds", .integer(5...300), .integer(60),
        "بعد كم ثانية يُترك ما لم ينته.", "After how many seconds what has not ended is given up."
    )
}
