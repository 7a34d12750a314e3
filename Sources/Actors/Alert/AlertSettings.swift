package import Domain

/// When alerts look, and where they go.
package struct AlertSettings: Sendable {
    /// Between two looks.
    package var interval = Duration.seconds(30)
    /// Between two checks of each connected integration.
    package var checkInterval = Duration.seconds(900)
    package var bounds = AlertBounds()
    package var policy = AlertPolicy()
    /// In the shop's time zone; nil when people are told at any hour.
    package var quiet: QuietHours?
    package var outlets = Live(always: AlertOutlets(hasSlack: false))

    package init() {}
}
