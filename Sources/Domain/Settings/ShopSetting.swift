/// A setting of the shop: what it is called, what it may be, and what it is until somebody changes it.
package struct ShopSetting: Sendable, Equatable {
    package let key: String
    package let type: ShopSettingType
    package let standard: JSONValue
    package let descriptionAr: String
    package let descriptionEn: String

    init(_ key: String, _ type: ShopSettingType, _ standard: JSONValue, _ arabic: String, _ english: String) {
        self.key = key
        self.type = type
        self.standard = standard
        descriptionAr = arabic
        descriptionEn = english
    }

    /// Nil for a key that is none.
    package static func named(_ key: String) -> ShopSetting? { all.first { $0.key == key } }

    /// The registry: every setting, in the order they are shown.
    package static let all =
        [
            nameAr, nameEn, language, timeZone, week, holidays, color, greetingAr, greetingEn, awayAr, awayEn,
            startersAr, startersEn, introduction, retentionDays, tellsAway, asksSatisfaction, firstResponse,
            nextResponse, resolution,
        ] + routing + assistant + assistantBudget + help + followUp

    // MARK: The shop

    package static let nameAr = ShopSetting(
        "shop.name_ar", .line(maxLength: 100), .string("متجرنا"),
        "اسم المتجر بالعربية كما يراه العملاء.", "The shop's name in Arabic, as customers see it."
    )

    package static let nameEn = ShopSetting(
        "shop.name_en", .line(maxLength: 100), .string("Our shop"),
        "اسم المتجر بالإنجليزية كما يراه العملاء.", "The shop's name in English, as customers see it."
    )

    package static let language = ShopSetting(
        "shop.language", .choice(Language.allCases.map(\.rawValue)), .string(Language.arabic.rawValue),
        "لغة من لم تُعرف لغته.", "The language of whoever did not choose one."
    )

    package static let timeZone = ShopSetting(
        "shop.time_zone", .timeZone, .string("Asia/Riyadh"),
        "المنطقة الزمنية لساعات العمل والإجازات.", "The time zone of the opening hours and holidays."
    )

    // MARK: When it is open

    package static let week = ShopSetting(
        "hours.week", .week, OpeningWeek.standard,
        "ساعات العمل لكل يوم من أيام الأسبوع؛ القائمة الفارغة يوم إغلاق.",
        "The opening hours of each day of the week; an empty list is a closed day."
    )

    package static let holidays = ShopSetting(
        "hours.holidays", .holidays, .array([]),
        "أيام الإجازات التي يُغلق فيها المتجر.", "Holidays, on which the shop is closed."
    )

    // MARK: The widget

    package static let color = ShopSetting(
        "widget.color", .color, .string("#0b6e5f"),
        "اللون الأساسي لنافذة المحادثة.", "The main colour of the chat widget."
    )

    package static let greetingAr = ShopSetting(
        "widget.greeting_ar", .line(maxLength: 500), .string("أهلاً بك! كيف نساعدك؟"),
        "التحية بالعربية في المحادثة الجديدة.", "The greeting of a new conversation, in Arabic."
    )

    package static let greetingEn = ShopSetting(
        "widget.greeting_en", .line(maxLength: 500), .string("Welcome! How can we help?"),
        "التحية بالإنجليزية في المحادثة الجديدة.", "The greeting of a new conversation, in English."
    )

    package static let awayAr = ShopSetting(
        "widget.away_ar", .line(maxLength: 500), .string("نحن خارج ساعات العمل، وسنرد عليك فور عودتنا."),
        "الرسالة بالعربية خارج ساعات العمل.", "What is told outside the opening hours, in Arabic."
    )

    package static let awayEn = ShopSetting(
        "widget.away_en", .line(maxLength: 500), .string("We are closed now and will answer as soon as we are back."),
        "الرسالة بالإنجليزية خارج ساعات العمل.", "What is told outside the opening hours, in English."
    )

    package static let startersAr = ShopSetting(
        "widget.starters_ar", starters, .array([]),
        "أسئلة بالعربية يبدأ بها الزائر محادثة جديدة بنقرة، كل سؤال في سطر.",
        "Questions in Arabic with which a visitor begins a conversation by one click, each on a line."
    )

    package static let startersEn = ShopSetting(
        "widget.starters_en", starters, .array([]),
        "أسئلة بالإنجليزية يبدأ بها الزائر محادثة جديدة بنقرة، كل سؤال في سطر.",
        "Questions in English with which a visitor begins a conversation by one click, each on a line."
    )

    package static let introduction = ShopSetting(
        "widget.introduction", .choice(["off", "optional", "required"]), .string("off"),
        "هل يُسأل الزائر الجديد عن اسمه ووسيلة التواصل معه قبل أول رسالة.",
        "Whether new visitors are asked for their name and how to reach them before the first message."
    )

    package static let retentionDays = ShopSetting(
        "widget.retention_days", .integer(0...36_500), .integer(0),
        "عدد الأيام التي يُقال للعميل إن رسائله تُحفظ فيها؛ صفر بلا نهاية. لا يحذف شيئًا.",
        "For how many days customers are told that messages are kept; 0 without end. It deletes nothing."
    )

    // MARK: Promises

    package static let tellsAway = ShopSetting(
        "desk.away_message", yesOrNo, "yes",
        "هل يُبلَّغ من يكتب خارج ساعات العمل، مرة واحدة لكل حالة.",
        "Whether customers who write outside the opening hours are told so, once for each case."
    )

    package static let asksSatisfaction = ShopSetting(
        "desk.asks_satisfaction", yesOrNo, "yes",
        "هل يُسأل العميل عن رضاه بعد إغلاق المحادثة.",
        "Whether customers are asked how it was when a conversation is resolved."
    )

    package static let firstResponse = ShopSetting(
        "desk.first_response_minutes", .integer(0...maxMinutes), .integer(15),
        "دقائق العمل حتى أول رد؛ صفر بلا وعد.",
        "Business minutes until the first answer; 0 promises nothing."
    )

    package static let nextResponse = ShopSetting(
        "desk.next_response_minutes", .integer(0...maxMinutes), .integer(30),
        "دقائق العمل حتى كل رد لاحق؛ صفر بلا وعد.",
        "Business minutes until each later answer; 0 promises nothing."
    )

    package static let resolution = ShopSetting(
        "desk.resolution_minutes", .integer(0...maxMinutes), .integer(960),
        "دقائق العمل حتى إغلاق المحادثة؛ صفر بلا وعد.",
        "Business minutes until a conversation is resolved; 0 promises nothing."
    )

    private static let starters = ShopSettingType.lines(maxCount: 6, maxLength: 80)
    private static let yesOrNo = ShopSettingType.choice(["yes", "no"])
    /// Business time of a year of weeks without a break.
    private static let maxMinutes: Int64 = 525_600
}
