/// What moves between the hub and outside services, as queues and counts.
package protocol TrafficStore: Sendable {
    /// What has not left yet, by channel; those with nothing are not among them.
    func waiting() async throws -> [OutboxChannel: QueueLoad]

    /// What became of entries that were made since a moment, by channel; without those that failed because of their
    /// recipient alone.
    func sends(since moment: Timestamp) async throws -> [OutboxChannel: ChannelSends]

    /// Webhooks that have not been read yet.
    func unread(_ provider: WebhookEvent.Provider) async throws -> QueueLoad

    /// - Parameter most: Counts no further.
    func speech(_ provider: WebhookEvent.Provider, since moment: Timestamp, most: Int64) async throws -> WebhookSpeech
}
