/// What telling systems of the shop may take.
package struct HookLimits: Sendable, Equatable {
    /// Endpoints of the shop; one more is a `conflict`. Each event is sent to each of them that wants it.
    package var maxEndpoints = 20
    /// Bytes of a body. One that would be longer says only what it is about; the longest message fits four times.
    package var maxBodyBytes = 64 * 1024
    /// Deliveries to one endpoint in a second, by each hub.
    package var perSecond = 10
    /// Deliveries to one endpoint at the same time: so many answers that hang hold up nothing but their endpoint.
    package var width = 4
    /// For one request; as senders of webhooks usually grant.
    package var timeout = Duration.seconds(15)
    /// A delivery that a hub took so long ago is tried again, as after its death. Raised to what `timeout` needs.
    package var lease = Duration.seconds(60)
    /// Between two looks at what happened: how late an event may be.
    package var interval = Duration.seconds(1)
    /// The first pause after a failure; each further one is twice as long.
    package var firstPause = Duration.seconds(5)
    /// The longest pause between two tries of one delivery.
    package var longestPause = Duration.seconds(7200)
    /// How long an endpoint that is down rests before it is tried again with one delivery.
    package var longestRest = Duration.seconds(300)
    /// How long an old secret signs beside the new one, unless who rotates it says otherwise.
    package var secretOverlap = Duration.seconds(86_400)
    /// An endpoint that failed for so long is turned off: a long weekend is no reason.
    package var patience = Duration.seconds(5 * 86_400)
    /// How long deliveries are kept to be looked at and replayed.
    package var retention = Duration.seconds(30 * 86_400)
    /// Conversations, and rows of the audit log, of one transaction.
    package var page = 100
    /// Events of one conversation in one transaction; the next one goes on.
    package var eventsPerRoom = 100
    /// Longer than a transaction may take, and than the clocks of two hubs may differ (ADR 7).
    package var overlap = Duration.seconds(10)

    package init() {}
}
