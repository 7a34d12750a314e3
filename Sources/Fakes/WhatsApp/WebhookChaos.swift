/// How the way to the webhook misbehaves; what is sent is complete all the same, as Meta's is.
struct WebhookChaos: Sendable, Equatable {
    /// Each delivery is sent so many times more.
    var repetitions = 0
    /// Milliseconds for which changes are gathered, and then sent in another order.
    var shuffle = 0
    /// Changes of one gathering that go in one request.
    var batch = 1
    /// Deliveries whose answer is taken for lost, so that they come again.
    var lostAnswers = 0
    /// Signs with another secret.
    var hasWrongSignature = false
    /// Milliseconds before the first repetition; each next one waits twice as long.
    var retryDelay = 500
    /// Then it is given up, as Meta does after seven days.
    var maxAttempts = 12
}
