/// How deliveries of webhooks are worked off.
package struct WebhookLimits: Sendable, Equatable {
    /// Deliveries that are taken up at once.
    package var batch = 64
    /// Lanes that are written to at once.
    package var width = 16
    /// Between two looks for deliveries that another hub took in, or that were put off.
    package var interval = Duration.seconds(1)
    /// A delivery that was not finished for so long is taken up again, as after the death of its hub.
    package var lease = Duration.seconds(30)
    /// From the first pause before a delivery that failed is tried again to the longest; each is twice the last.
    package var backoff = Duration.milliseconds(500)...Duration.seconds(60)
    /// Tries of a delivery that the hub itself fails on; then its items are parked. An outage does not count.
    package var maxAttempts: Int64 = 5
    /// Bytes of a delivery; Meta sends up to 3 MB.
    package var maxBodyBytes = 3 * 1024 * 1024

    package init() {}

    /// Before the next try of something that failed so often.
    func pause(after attempts: Int64) -> Duration {
        let doublings = min(max(0, attempts - 1), 20)
        return min(backoff.upperBound, backoff.lowerBound * (1 << doublings))
    }
}
