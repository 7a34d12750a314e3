/// An outside service that the shop can be connected to.
package enum IntegrationType: String, Sendable, CaseIterable {
    case whatsApp = "whatsapp"
    case sms
    case email
    case googleCalendar = "google_calendar"
    case slack
    case seha
    case tatman
    case zid
    case openAI = "openai"

    /// As its own people call it.
    package var title: StatusMessage {
        switch self {
        case .whatsApp: StatusMessage(ar: "واتساب", en: "WhatsApp")
        case .sms: StatusMessage(ar: "الرسائل القصيرة (Twilio)", en: "SMS (Twilio)")
        case .email: StatusMessage(ar: "البريد الإلكتروني", en: "E-mail")
        case .googleCalendar: StatusMessage(ar: "تقويم Google", en: "Google Calendar")
        case .slack: StatusMessage(ar: "Slack", en: "Slack")
        case .seha: StatusMessage(ar: "صحة", en: "Seha")
        case .tatman: StatusMessage(ar: "تطمن", en: "Tatman")
        case .zid: StatusMessage(ar: "زد", en: "Zid")
        case .openAI: StatusMessage(ar: "OpenAI", en: "OpenAI")
        }
    }

    /// Over which its messages leave; nil for those that send none.
    package var channel: OutboxChannel? {
        switch self {
        case .whatsApp: .whatsapp
        case .sms: .sms
        case .email: .mail
        case .googleCalendar: .calendar
        case .slack: .slack
        case .seha, .tatman, .zid, .openAI: nil
        }
    }

    /// What it tells by webhooks; nil for those that tell nothing.
    package var webhooks: WebhookEvent.Provider? {
        switch self {
        case .whatsApp: .whatsapp
        case .sms: .twilio
        case .email: .sendgrid
        case .zid: .zid
        case .googleCalendar, .slack, .seha, .tatman, .openAI: nil
        }
    }

    package func field(_ name: String) -> IntegrationField? { fields.first { $0.name == name } }
}
