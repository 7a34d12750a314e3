/// How much the assistant does at once, and how often it looks.
package struct AssistantLimits: Sendable, Equatable {
    /// Conversations that this hub answers at once; others wait.
    package var maxRuns = 500
    /// Between two looks that nothing has asked for.
    package var glance = Duration.seconds(1)
    /// A hub that has not said for so long that it lives is gone.
    package var lease = Duration.seconds(15)
    /// A question that nobody could answer, and nobody could be given, is tried again after this.
    package var pause = Duration.seconds(5)
    /// A write that the log could not take is tried again after this.
    package var retry = Duration.milliseconds(500)
    /// For how long a customer waits for a long conversation to be summed up; then it is cut.
    package var recapTime = Duration.seconds(20)

    package init() {}
}
