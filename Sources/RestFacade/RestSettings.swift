package import Domain

/// How the facade meets the outside.
package struct RestSettings: Sendable {
    /// Bytes of a JSON body; more answers 413.
    package let maxBodyBytes: Int
    /// The longest `wait` of a long-poll.
    package let maxPollWait: Duration
    /// Pause after which an event stream sends a comment, so that proxies keep it open.
    package let streamHeartbeat: Duration
    /// Long-polls and event streams of one person; one more is `rate_limited`.
    package let maxStreamsPerPerson: Int
    /// Requests of one caller, or of one address without a token; more are `rate_limited`.
    package let requestRate: RequestRate
    /// How long a refused sender of a file may go on before the connection is closed: who first sends all sees the
    /// answer.
    package let refusalLinger: Duration
    /// Whether a page of this origin (`Origin`) may call the API of this host (`Host`).
    package let isAllowedOrigin: @Sendable (_ origin: String, _ host: String) -> Bool
    /// Proxies whose word on a client's address is believed.
    package let trustedProxies: TrustedProxies
    /// What a scraper of the metrics shows; without one only administrators read them.
    package let metricsToken: MetricsToken?

    package init(
        maxBodyBytes: Int,
        maxPollWait: Duration,
        streamHeartbeat: Duration = .seconds(15),
        maxStreamsPerPerson: Int = 16,
        requestRate: RequestRate = RequestRate(),
        refusalLinger: Duration = .seconds(5),
        isAllowedOrigin: @escaping @Sendable (String, String) -> Bool,
        trustedProxies: TrustedProxies,
        metricsToken: MetricsToken? = nil
    ) {
        self.maxBodyBytes = maxBodyBytes
        self.maxPollWait = maxPollWait
        self.streamHeartbeat = streamHeartbeat
        self.maxStreamsPerPerson = maxStreamsPerPerson
        self.requestRate = requestRate
        self.refusalLinger = refusalLinger
        self.isAllowedOrigin = isAllowedOrigin
        self.trustedProxies = trustedProxies
        self.metricsToken = metricsToken
    }
}

/// How many requests a caller may send.
package struct RequestRate: Sendable, Equatable {
    /// At once, and in each minute.
    package var perMinute: Int
    /// Callers that are counted at once.
    package var maxCallers: Int

    package init(perMinute: Int = 1200, maxCallers: Int = 10_000) {
        self.perMinute = perMinute
        self.maxCallers = maxCallers
    }
}
