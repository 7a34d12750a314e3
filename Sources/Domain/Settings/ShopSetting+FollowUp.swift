/// Whether, when and how often visitors who left are written to.
extension ShopSetting {
    static let followUp = [followUpBy, followUpAfter, followUpPause, followUpLinkDays]

    package static let followUpBy = ShopSetting(
        "follow_up.by", .choice(["off", "email"]), "email",
        "كيف تصل الردود إلى زائر غادر الموقع: لا تصل، أو بالبريد.",
        "How answers reach a visitor who left the site: not at all, or by e-mail."
    )

    package static let followUpAfter = ShopSetting(
        "follow_up.after_minutes", .integer(0...10_080), .integer(10),
        "عدد الدقائق التي تبقى فيها الرسالة غير مقروءة قبل إرسال البريد.",
        "For how many minutes a message stays unread before an e-mail is sent."
    )

    package static let followUpPause = ShopSetting(
        "follow_up.pause_minutes", .integer(1...10_080), .integer(360),
        "أقل عدد من الدقائق بين رسالتي بريد إلى زائر لم يعد.",
        "How many minutes lie at least between two e-mails to a visitor who does not come back."
    )

    package static let followUpLinkDays = ShopSetting(
        "follow_up.link_days", .integer(1...90), .integer(7),
        "عدد الأيام التي يعمل فيها الرابط إلى المحادثة.", "For how many days the link to the conversation works."
    )
}

extension ShopProfile {
    /// Nil when visitors who left are not written to.
    package var followUp: FollowUpRules? {
        guard value(of: .followUpBy) == "email" else { return nil }
        var rules = FollowUpRules()
        rules.after = minutes(.followUpAfter) ?? rules.after
        rules.pause = minutes(.followUpPause) ?? rules.pause
        if let days = value(of: .followUpLinkDays).integer { rules.linkLifetime = .seconds(days * 86_400) }
        return rules
    }

    private func minutes(_ setting: ShopSetting) -> Duration? {
        value(of: setting).integer.map { .seconds($0 * 60) }
    }
}
