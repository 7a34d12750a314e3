/// How patient the outbox is.
package struct OutboxLimits: Sendable, Equatable {
    /// Tries of one entry; refusals that are not its own fault are not counted.
    package var maxAttempts: Int64 = 8
    /// The first pause after a refusal; each further one is twice as long.
    package var firstPause: Duration = .seconds(1)
    package var longestPause: Duration = .seconds(300)
    /// Waits after "too fast for this recipient" grow up to this.
    package var longestPairPause: Duration = .seconds(1024)
    /// What a provider asks to wait is believed up to this.
    package var longestRetryAfter: Duration = .seconds(3600)
    /// How long a stopped number rests before one entry is tried.
    package var probePause: Duration = .seconds(60)
    /// So many failures of a number in a row, and the others wait until one gets through.
    package var breakerFailures: Int64 = 5
    /// What is older is not sent any more.
    package var maxAge: Duration = .seconds(86_400)
    /// A hub that has taken an entry for so long is gone. Longer than the slowest request.
    package var lease: Duration = .seconds(300)
    /// How long a report is waited for when it is not known whether an entry went out.
    package var settleTime: Duration = .seconds(600)
    /// Messages to one recipient: at once, and then in a second.
    package var pairBurst = 10.0
    package var pairPerSecond = 1.0 / 6
    /// Messages of one number in a second.
    package var numberPerSecond = 80.0
    /// Recipients whose pace is remembered.
    package var maxPaces = 50_000
    /// Mail is given up by its age alone. A server that is away is away for longer, and one that puts strangers off
    /// wants them back after minutes.
    package var mailFirstPause: Duration = .seconds(60)
    package var mailLongestPause: Duration = .seconds(3600)
    /// Mails of one mailbox in a second.
    package var mailPerSecond = 2.0
    /// Twilio queues what is faster than the sender may be.
    package var smsPerSecond = 10.0
    /// Of an incoming webhook.
    package var slackPerSecond = 1.0
    /// Google counts a minute: 600 requests of one person.
    package var calendarPerSecond = 5.0
    /// Of deliveries to systems of the shop, which are given up by their age alone.
    package var hooks = HookLimits()
    /// Tries of one number at the same time.
    package var numberWidth = Int.max
    /// The longest rest of a number whose provider seems to be away; nil for as long as the longest pause.
    package var longestRest: Duration?
    /// See `OutboxContent.repeatsAfterLoss`.
    var repeatsAfterLoss: Int64 = 0

    package init() {}

    /// Those that hold for an entry.
    package func of(_ entry: OutboxEntry) -> OutboxLimits {
        var limits = of(entry.lane.channel)
        limits.repeatsAfterLoss = entry.content.repeatsAfterLoss
        return limits
    }

    /// Those that hold for a channel.
    package func of(_ channel: OutboxChannel) -> OutboxLimits {
        var limits = self
        switch channel {
        case .whatsapp: break
        case .sms: limits.numberPerSecond = smsPerSecond
        case .slack: limits.numberPerSecond = slackPerSecond
        case .calendar:
            limits.numberPerSecond = calendarPerSecond
            // Harmless to repeat, and of use until it is due.
            limits.maxAttempts = .max
        case .hook:
            limits.firstPause = hooks.firstPause
            limits.longestPause = hooks.longestPause
            limits.longestRest = hooks.longestRest
            limits.maxAttempts = .max
            limits.numberPerSecond = Double(hooks.perSecond)
            limits.numberWidth = hooks.width
            limits.lease = max(hooks.lease, hooks.timeout + .seconds(5))
        case .mail:
            limits.firstPause = mailFirstPause
            limits.longestPause = mailLongestPause
            limits.maxAttempts = .max
            limits.numberPerSecond = mailPerSecond
        }
        return limits
    }

    /// The pause before try number `attempts` + 1: between half of it and all, so that many do not come back at once.
    ///
    /// - Parameter chance: From 0 to 1.
    func pause(after attempts: Int64, chance: Double) -> Duration {
        spread(attempts, upTo: longestPause, chance)
    }

    /// As `pause`, for a number after so many rests in a row.
    func rest(after rests: Int64, chance: Double) -> Duration {
        spread(rests, upTo: longestRest ?? longestPause, chance)
    }

    private func spread(_ times: Int64, upTo longest: Duration, _ chance: Double) -> Duration {
        let doublings = min(max(0, times - 1), 30)
        let whole = min(longest, firstPause * (1 << doublings))
        return .milliseconds(Int64(Double(whole.milliseconds) * (0.5 + 0.5 * min(max(chance, 0), 1))))
    }

    /// 4^X seconds, X = 0, 1, 2, …
    func pairPause(after refusals: Int64) -> Duration {
        min(longestPairPause, .seconds(1 << (2 * min(max(0, refusals - 1), 15))))
    }
}
