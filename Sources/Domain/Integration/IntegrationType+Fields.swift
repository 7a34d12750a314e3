/// What each service must be told, as its own console calls it.
extension IntegrationType {
    package var fields: [IntegrationField] {
        switch self {
        case .whatsApp: Self.whatsAppFields
        case .sms: Self.smsFields
        case .email: Self.emailFields
        case .googleCalendar: Self.calendarFields
        case .slack: Self.slackFields
        case .seha: Self.healthFields("facility_id", idHeader: "X-Facility-Id")
        case .tatman: Self.healthFields("provider_id", idHeader: "X-Provider-Id")
        case .zid: Self.zidFields
        case .openAI: Self.openAIFields
        }
    }

    private static let whatsAppFields = [
        IntegrationField(
            "access_token", .secret, required: true, variable: "WA_TOKEN", "رمز الوصول الدائم من Meta",
            "The permanent access token from Meta"
        ),
        IntegrationField(
            "phone_number_id", .digits, required: true, variable: "WA_PHONE_ID", "معرّف رقم الهاتف",
            "The id of the phone number"),
        IntegrationField(
            "business_account_id", .digits, variable: "WA_BUSINESS_ID", "معرّف حساب الأعمال، للقوالب",
            "The business account, for templates"),
        IntegrationField(
            "app_secret", .secret, variable: "WA_APP_SECRET", "سر التطبيق: بدونه لا تُقبل رسائل واردة",
            "The app's secret: without it no message is accepted"),
        IntegrationField(
            "verify_token", .secret, variable: "WA_VERIFY_TOKEN", "رمز التحقق الذي أُعطي لـ Meta",
            "The verify token that Meta was given"),
        IntegrationField(
            "api_url", .url, standard: "https://graph.facebook.com", variable: "WA_API_URL", "عنوان الواجهة",
            "The address of the API"),
    ]

    private static let smsFields = [
        IntegrationField("account_sid", .text, required: true, "معرّف الحساب (AC…)", "The account's SID (AC…)"),
        IntegrationField("auth_token", .secret, required: true, "رمز الحساب", "The account's auth token"),
        IntegrationField(
            "from_number", .sender, required: true, "رقم المرسل أو اسمه أو خدمة الرسائل (MG…)",
            "The number, the name or the messaging service (MG…) that sends"),
        IntegrationField(
            "api_url", .url, standard: "https://api.twilio.com", "عنوان الواجهة", "The address of the API"),
    ]

    /// Without a key of SendGrid, mail leaves by the server of the environment.
    private static let emailFields = [
        IntegrationField(
            "from_email", .email, required: true, variable: "EMAIL_TOKENS", "عنوان المرسل", "The address that sends"),
        IntegrationField("from_name", .text, "اسم المرسل", "The name that sends"),
        IntegrationField("api_key", .secret, "مفتاح SendGrid", "The key of SendGrid"),
        IntegrationField(
            "webhook_public_key", .text, "مفتاح التحقق من إشعارات SendGrid",
            "The key that SendGrid's webhook is verified with"),
        IntegrationField(
            "api_url", .url, standard: "https://api.sendgrid.com", "عنوان واجهة SendGrid",
            "The address of SendGrid's API"),
    ]

    private static let calendarFields = [
        IntegrationField("client_id", .text, required: true, "معرّف العميل", "The client's id"),
        IntegrationField("client_secret", .secret, required: true, "سر العميل", "The client's secret"),
        IntegrationField("refresh_token", .secret, required: true, "رمز التحديث", "The refresh token"),
        IntegrationField(
            "calendar_id", .text, required: true, standard: "primary", "معرّف التقويم", "The calendar's id"),
        IntegrationField(
            "api_url", .url, standard: "https://www.googleapis.com/calendar/v3", "عنوان الواجهة",
            "The address of the API"),
        IntegrationField(
            "token_url", .url, standard: "https://oauth2.googleapis.com/token", "عنوان الرموز", "Where tokens come from"
        ),
    ]

    private static let slackFields = [
        IntegrationField(
            "webhook_url", .secret, required: true, "رابط الاستقبال السري", "The incoming webhook, a secret"),
        IntegrationField("channel", .text, "القناة، للعرض فقط", "The channel, only shown"),
    ]

    private static func healthFields(_ id: String, idHeader: String) -> [IntegrationField] {
        [
            IntegrationField("api_url", .url, required: true, "عنوان الواجهة في العقد", "The address in the contract"),
            IntegrationField("api_key", .secret, required: true, "المفتاح", "The key"),
            IntegrationField(id, .text, required: true, "معرّف المنشأة", "The facility's id"),
            IntegrationField("health_path", .text, standard: "/health", "مسار الفحص", "The path that is asked"),
            IntegrationField(
                "auth_header", .text, standard: "Authorization", "ترويسة المفتاح", "The header of the key"),
            IntegrationField("auth_scheme", .text, standard: "Bearer", "ما يسبق المفتاح", "What precedes the key"),
            IntegrationField("id_header", .text, standard: idHeader, "ترويسة المعرّف", "The header of the id"),
        ]
    }

    private static let zidFields = [
        IntegrationField(
            "authorization_token", .secret, required: true, variable: "ZID_TOKEN", "رمز التطبيق (Authorization)",
            "The app's token (Authorization)"),
        IntegrationField(
            "manager_token", .secret, required: true, variable: "ZID_MANAGER_TOKEN", "رمز المتجر (X-Manager-Token)",
            "The store's token (X-Manager-Token)"),
        IntegrationField(
            "client_id", .text, "معرّف التطبيق لتجديد المفاتيح (Client ID)", "The app's id, to renew keys (Client ID)"),
        IntegrationField(
            "client_secret", .secret, "سر التطبيق (Client Secret)", "The app's secret (Client Secret)"),
        IntegrationField("refresh_token", .secret, "رمز التحديث", "The refresh token"),
        IntegrationField(
            "redirect_uri", .url, "عنوان العودة المسجل للتطبيق، إن طلبه زد",
            "The app's redirect address, if Zid asks for it"),
        IntegrationField(
            ZidKeyLife.endField, .moment, keptOf: ["authorization_token", "manager_token", "refresh_token"],
            "نهاية المفاتيح", "When the keys end"),
        IntegrationField(
            "token_url", .url, standard: ZidGrant.usualAddress, "عنوان تجديد المفاتيح", "Where keys are renewed"),
        IntegrationField("store_id", .digits, variable: "ZID_STORE_ID", "رقم المتجر", "The store's id"),
        IntegrationField(
            "api_url", .url, standard: "https://api.zid.sa/v1", variable: "ZID_API_URL", "عنوان الواجهة",
            "The address of the API"),
        IntegrationField(
            "webhook_id", .secret, atLeast: 16, "جزء سري من عنوان الإشعارات: 16 حرفًا أو رقمًا فأكثر",
            "The secret part of the webhook's address: 16 letters and digits or more"),
        IntegrationField("webhook_username", .text, "اسم المستخدم للإشعارات", "The user that the webhook shows"),
        IntegrationField(
            "webhook_password", .secret, atLeast: 12, "كلمة مرور الإشعارات", "The password that the webhook shows"),
        IntegrationField(
            "stock_owner", .text, standard: ZidStockOwner.zid.rawValue, oneOf: ZidStockOwner.allCases.map(\.rawValue),
            "من يحدد المخزون: zid أو hub", "Which side says how much stock there is: zid or hub"),
        IntegrationField(
            "order_template", .text, "قالب واتساب يدعو العميل إلى الرد ليستلم أكواده، وفيه رقم الطلب",
            "The WhatsApp template that invites a customer to answer and get the codes; it holds the order's number"),
        IntegrationField(
            "order_template_language", .text, standard: "ar", "لغة القالب", "The template's language"),
    ]

    private static let openAIFields = [
        IntegrationField("api_key", .secret, required: true, variable: "OPENAI_API_KEY", "المفتاح", "The key"),
        IntegrationField("model", .text, required: true, variable: "OPENAI_MODEL", "اسم النموذج", "The model's name"),
        IntegrationField(
            "embedding_model", .text, variable: "OPENAI_EMBEDDING_MODEL", "اسم نموذج المتجهات، للمقالات",
            "The model of embeddings, for articles"),
        IntegrationField(
            "base_url", .url, standard: "https://api.openai.com/v1", variable: "OPENAI_BASE_URL", "عنوان الواجهة",
            "The address of the API"),
    ]
}
