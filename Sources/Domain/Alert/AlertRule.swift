/// What the hub warns the people of who look after it.
package enum AlertRule: String, Sendable, CaseIterable {
    /// The health score of a connected integration is low.
    case integrationHealth = "integration_health"
    /// Too much waits to leave over a channel, or for too long.
    case outboxQueue = "outbox_queue"
    /// Too many webhooks wait to be read, or for too long.
    case webhookQueue = "webhook_queue"
    /// A service that used to send webhooks sends none any more.
    case webhookSilence = "webhook_silence"
    /// A system of the shop takes no deliveries, or was turned off because of that.
    case webhookEndpoint = "webhook_endpoint"
    case freeDisk = "free_disk"
    /// Too many requests end with an error of the hub's own.
    case errorRate = "error_rate"

    /// Whether only the hub that it is about can look at it.
    package var isOfOneHub: Bool {
        switch self {
        case .freeDisk, .errorRate: true
        case .integrationHealth, .outboxQueue, .webhookQueue, .webhookSilence, .webhookEndpoint: false
        }
    }
}

/// What one alert is about: a rule, and the service, channel or hub that it looks at.
package struct AlertKey: Sendable, Hashable {
    package let rule: AlertRule
    /// `sms`, `slack`, `whatsapp`, `shop-1:8080`.
    package let subject: String

    package init(_ rule: AlertRule, _ subject: String) {
        self.rule = rule
        self.subject = subject
    }

    /// What it is called in messages.
    package var title: StatusMessage {
        switch rule {
        case .integrationHealth:
            StatusMessage(ar: "صحة التكامل \(subject)", en: "Health of \(subject)")
        case .outboxQueue:
            StatusMessage(ar: "الرسائل الصادرة عبر \(subject)", en: "Messages leaving over \(subject)")
        case .webhookQueue:
            StatusMessage(ar: "الإشعارات الواردة من \(subject)", en: "Webhooks of \(subject)")
        case .webhookSilence:
            StatusMessage(ar: "صمت \(subject)", en: "Silence of \(subject)")
        case .webhookEndpoint:
            StatusMessage(ar: "الإشعارات إلى \(subject)", en: "Deliveries to \(subject)")
        case .freeDisk:
            StatusMessage(ar: "القرص في \(subject)", en: "Disk of \(subject)")
        case .errorRate:
            StatusMessage(ar: "أخطاء الطلبات في \(subject)", en: "Failed requests at \(subject)")
        }
    }
}
