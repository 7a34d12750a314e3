/// How often the hub looks at Zid, and how long it holds what it works on.
package struct ZidLimits: Sendable, Equatable {
    /// How deliveries are worked off: few at once, because each may cost a request, and those are counted.
    package var webhooks = WebhookLimits()
    /// Between two looks at all products.
    package var productInterval = Duration.seconds(900)
    /// Between two looks at the orders of late.
    package var orderInterval = Duration.seconds(120)
    /// How far back a look at orders goes: what a webhook was lost of is found as long as it is younger.
    package var orderOverlap = Duration.seconds(3 * 86_400)
    /// Between two looks for stock that Zid was not told.
    package var stockInterval = Duration.seconds(10)
    /// Entries of a list that are asked for at once, which is what Zid gives at most.
    package var pageSize = 100

    package init() {
        webhooks.batch = 8
        webhooks.maxAttempts = 8
        webhooks.maxBodyBytes = 1024 * 1024
    }
}
