/// How deliveries of WhatsApp are worked off.
package struct WhatsAppLimits: Sendable, Equatable {
    /// Deliveries that are taken up at once.
    package var batch = 64
    /// Conversations that are written to at once.
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
    /// How long deliveries are remembered when they are done. Meta repeats them for up to seven days.
    package var retention = Duration.seconds(8 * 24 * 3600)
    /// Files that are fetched at once.
    package var downloads = 4
    /// For one file, however it ends; then another hub may fetch it.
    package var downloadLease = Duration.seconds(180)
    /// As for uploads: a larger image fits into a small file and into no phone's memory.
    package var maxImagePixels = 200_000_000

    package init() {}

    /// Before the next try of something that failed so often.
    func pause(after attempts: Int64) -> Duration {
        let doublings = min(max(0, attempts - 1), 20)
        return min(backoff.upperBound, backoff.lowerBound * (1 << doublings))
    }
}
