import Domain

/// Who is told by mail, when nobody is to be woken, and by what all the same.
extension Settings {
    static let alerts: [any AnySetting] = [alertEmails, quietHours, urgentAlerts]

    static let alertEmails = Setting<[EmailAddress]>(
        "ALERT_EMAILS",
        accepted: "e-mail addresses with commas between",
        standard: [],
        parse: SettingParser.list(of: { text throws(SettingProblem) in try SettingParser.email(text) })
    )

    /// In the time zone of the shop.
    static let quietHours = Setting<QuietHours?>(
        "ALERT_QUIET_HOURS",
        accepted: "two times of day, e.g. 23:00-07:00",
        standard: nil,
        parse: { text throws(SettingProblem) in
            try SettingParser.choice(text, QuietHours.init)
        }
    )

    static let urgentAlerts = Setting<[AlertRule]>(
        "ALERT_URGENT",
        accepted: "rules with commas between: " + AlertRule.allCases.map(\.rawValue).joined(separator: ", "),
        standard: AlertRule.allCases.filter(AlertPolicy().urgent.contains),
        parse: SettingParser.list(of: { text throws(SettingProblem) in
            try SettingParser.choice(text, AlertRule.init(rawValue:))
        })
    )
}
