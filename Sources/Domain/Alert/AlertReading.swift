/// How something stands that an alert looks at, at one moment.
package struct AlertReading: Sendable, Equatable {
    package enum Level: Sendable, Equatable {
        /// Beyond the bound.
        case bad
        /// Within the bound, but not by enough to call it well again.
        case between
        case good
        /// Nobody looks at it any more: it was turned off, or its hub is gone.
        case gone
    }

    package let level: Level
    /// What was measured, for people.
    package let message: StatusMessage

    package init(_ level: Level, _ message: StatusMessage) {
        self.level = level
        self.message = message
    }

    package static let gone = AlertReading(
        .gone, StatusMessage(ar: "لم يعد مراقبا", en: "It is not watched any more."))
}
