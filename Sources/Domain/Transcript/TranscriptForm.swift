/// How a transcript is written: what stands before, each message, and what stands after them.
package protocol TranscriptForm: Sendable {
    func head() -> String
    func text(of line: TranscriptLine) -> String
    func foot() -> String
}

/// What every form of a transcript says, in its language and by the clock of the shop.
package struct TranscriptWords: Sendable {
    package let language: Language
    package let shopName: String
    private let zone: TimeZoneTable

    package init(language: Language, shopName: String, zone: TimeZoneTable) {
        self.language = language
        self.shopName = shopName
        self.zone = zone
    }

    package var title: String {
        switch language {
        case .arabic: "محادثة مع \(shopName)"
        case .english: "Conversation with \(shopName)"
        }
    }

    var note: String {
        switch language {
        case .arabic: "ملاحظة داخلية"
        case .english: "internal note"
        }
    }

    var deleted: String {
        switch language {
        case .arabic: "حُذفت هذه الرسالة"
        case .english: "this message was deleted"
        }
    }

    var edited: String {
        switch language {
        case .arabic: "معدّلة"
        case .english: "edited"
        }
    }

    var timeZone: String { zone.identifier }

    /// `2026-11-21 22:30`, as clocks of the shop showed it.
    func time(of moment: Timestamp) -> String {
        String((moment + zone.offset(at: moment)).rfc3339.prefix(16)).replacing("T", with: " ")
    }
}
