/// Who gets a conversation, and when: what holds for everybody's queue, and for teams that do not say otherwise.
extension ShopSetting {
    static let routing = [
        routingPolicy, routingLastAgentFirst, routingAsksFirst, routingOfferSeconds, routingAnswerSeconds,
        routingDropSeconds, routingSilentSeconds, routingWebWeight, routingWhatsAppWeight, routingReopensHours,
        routingVisibility, routingWebTeam, routingWhatsAppTeam,
    ]

    package static let routingPolicy = ShopSetting(
        "routing.policy", .choice(RoutingPolicy.Choice.allCases.map(\.rawValue)),
        .string(RoutingPolicy.Choice.manual.rawValue),
        "كيف تصل المحادثة إلى الموظف: يدويًا، أو بالدور، أو للأقل انشغالًا.",
        "How a conversation finds its agent: by hand, one after the other, or whoever is least busy."
    )

    package static let routingLastAgentFirst = ShopSetting(
        "routing.last_agent_first", .flag, .bool(false),
        "هل يُفضَّل الموظف الذي يعرفه العميل.", "Whether the agent whom the customer knows comes first."
    )

    package static let routingAsksFirst = ShopSetting(
        "routing.asks_first", .flag, .bool(false),
        "هل يُسأل الموظف قبل أن تُسند إليه المحادثة.", "Whether an agent is asked first and may decline."
    )

    package static let routingOfferSeconds = ShopSetting(
        "routing.offer_seconds", .integer(5...600), .integer(30),
        "عدد الثواني التي ينتظر فيها العرض جواب الموظف.", "How many seconds an agent is asked."
    )

    package static let routingAnswerSeconds = ShopSetting(
        "routing.answer_seconds", .integer(0...86_400), .integer(300),
        "عدد الثواني قبل أن تُسحب محادثة لم يُرَد عليها؛ صفر: لا تُسحب.",
        "After how many seconds without an answer an agent loses a conversation; 0 for never."
    )

    package static let routingDropSeconds = ShopSetting(
        "routing.drop_seconds", .integer(0...3600), .integer(60),
        "عدد الثواني قبل أن تُسحب محادثات من انقطع اتصاله.",
        "After how many seconds offline an agent loses their conversations."
    )

    package static let routingSilentSeconds = ShopSetting(
        "routing.silent_seconds", .integer(0...86_400), .integer(300),
        "عدد الثواني قبل أن يُسأل من لم يُجب مرة أخرى عن العميل نفسه.",
        "After how many seconds one who did not answer is asked again about the same customer."
    )

    package static let routingWebWeight = ShopSetting(
        "routing.web_weight", .integer(10...1000), .integer(100),
        "ثقل محادثة الموقع في المئة من سعة الموظف لمحادثة واحدة.",
        "How much of one conversation's capacity a conversation of the website takes, in percent."
    )

    package static let routingWhatsAppWeight = ShopSetting(
        "routing.whatsapp_weight", .integer(10...1000), .integer(100),
        "ثقل محادثة واتساب في المئة من سعة الموظف لمحادثة واحدة.",
        "How much of one conversation's capacity a conversation of WhatsApp takes, in percent."
    )

    package static let routingWebTeam = ShopSetting(
        "routing.web_team", .team, "",
        "الفريق الذي تبدأ عنده محادثات الموقع الجديدة؛ النص الفارغ: الجميع.",
        "The team in whose queue new conversations of the website begin; empty for everybody's."
    )

    package static let routingWhatsAppTeam = ShopSetting(
        "routing.whatsapp_team", .team, "",
        "الفريق الذي تبدأ عنده محادثات واتساب الجديدة؛ النص الفارغ: الجميع.",
        "The team in whose queue new conversations of WhatsApp begin; empty for everybody's."
    )

    /// In whose queue new conversations of a channel begin.
    package static func routingTeam(of channel: Conversation.Channel) -> ShopSetting {
        switch channel {
        case .web: routingWebTeam
        case .whatsapp: routingWhatsAppTeam
        }
    }

    package static let routingReopensHours = ShopSetting(
        "routing.reopens_hours", .integer(0...8760), .integer(72),
        "عدد الساعات بعد الحل التي تبقى فيها رسالة العميل ضمن الحالة نفسها.",
        "For how many hours after it was resolved a customer's message goes on with the same case."
    )

    package static let routingVisibility = ShopSetting(
        "routing.visibility", .choice(TeamVisibility.allCases.map(\.rawValue)),
        .string(TeamVisibility.everything.rawValue),
        "ما يراه الموظف: كل المحادثات، أو محادثات فرقه وما لا فريق له.",
        "What an agent sees: all conversations, or those of their teams and of no team."
    )
}
