/// How long something must be bad before it is told, and well before it is over.
package struct AlertPolicy: Sendable, Equatable {
    /// It has to be bad without a break for so long.
    package var hold = Duration.seconds(300)
    /// It has to be good without a break for so long.
    package var calm = Duration.seconds(300)
    /// An incident of one hub at which it has not looked for so long is over: that hub is gone for good.
    package var lifetime = Duration.seconds(3600)
    /// Told at once, also in quiet hours.
    package var urgent: Set<AlertRule> = [.freeDisk, .errorRate]

    package init() {}
}
