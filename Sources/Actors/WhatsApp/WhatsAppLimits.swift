/// How files of WhatsApp are fetched, and its deliveries worked off.
package struct WhatsAppLimits: Sendable, Equatable {
    package var intake = WebhookLimits()
    /// Files that are fetched at once.
    package var downloads = 4
    /// For one file, however it ends; then another hub may fetch it.
    package var downloadLease = Duration.seconds(180)
    /// As for uploads: a larger image fits into a small file and into no phone's memory.
    package var maxImagePixels = 200_000_000

    package init() {}
}
