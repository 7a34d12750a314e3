/// How much waits somewhere, and since when.
package struct QueueLoad: Sendable, Equatable {
    package var waiting: Int64
    /// When the oldest of it came; nil when nothing waits.
    package var oldest: Timestamp?

    package init(waiting: Int64 = 0, oldest: Timestamp? = nil) {
        self.waiting = waiting
        self.oldest = oldest
    }
}

/// What became of what was to leave over a channel lately.
package struct ChannelSends: Sendable, Equatable {
    package var sent: Int64
    package var failed: Int64

    package init(sent: Int64 = 0, failed: Int64 = 0) {
        self.sent = sent
        self.failed = failed
    }

    package var all: Int64 { sent + failed }

    package static func += (sum: inout ChannelSends, more: ChannelSends) {
        sum.sent += more.sent
        sum.failed += more.failed
    }
}

/// How much a service has told by webhooks.
package struct WebhookSpeech: Sendable, Equatable {
    /// Nil when nothing of it is remembered.
    package let last: Timestamp?
    /// Webhooks of the time that is looked at; counted to a bound.
    package let spoken: Int64

    package init(last: Timestamp?, spoken: Int64) {
        self.last = last
        self.spoken = spoken
    }
}
