/// How one of our numbers may send: a token bucket, a pause when it was too fast, and a circuit breaker.
///
///     closed ─▶ open(until) ─▶ probing ─▶ closed
///                  ▲              └──▶ open, when the probe is refused as well
struct NumberPace: Sendable {
    private enum Breaker: Sendable, Equatable {
        case closed
        case open(until: Timestamp, because: RefusalKind)
        /// One entry is under way to see whether it works again.
        case probing(because: RefusalKind)
    }

    private var bucket: TokenBucket
    private var breaker = Breaker.closed
    private var pausedUntil: Timestamp?
    /// "Too fast" in a row.
    private var rateRefusals: Int64 = 0
    /// Until when only answers to customers may leave.
    private var restrictedUntil: Timestamp?
    private let probePause: Duration

    init(_ limits: OutboxLimits, at moment: Timestamp) {
        bucket = TokenBucket(
            capacity: max(1, limits.numberPerSecond), refillPerSecond: limits.numberPerSecond, at: moment)
        probePause = limits.probePause
    }

    var stopped: RefusalKind? {
        switch breaker {
        case .closed: nil
        case .open(_, let reason), .probing(let reason): reason
        }
    }

    func isResting(at moment: Timestamp) -> Bool {
        switch breaker {
        case .closed: pausedUntil.map { moment < $0 } ?? false
        case .open(let until, _): moment < until
        case .probing: true
        }
    }

    /// Until when an entry has to wait; nil when it need not.
    func rest(startsConversation: Bool, at moment: Timestamp) -> Timestamp? {
        switch breaker {
        case .open(let until, _) where moment < until: return until
        case .probing: return moment + probePause
        case .closed, .open: break
        }
        if let pausedUntil, moment < pausedUntil { return pausedUntil }
        if startsConversation, let restrictedUntil, moment < restrictedUntil { return restrictedUntil }
        return nil
    }

    mutating func take(at moment: Timestamp) -> Duration? { bucket.take(1, at: moment) }

    mutating func begin() {
        if case .open(_, let reason) = breaker { breaker = .probing(because: reason) }
    }

    mutating func ended(_ outcome: SendOutcome, chance: Double, at moment: Timestamp, _ limits: OutboxLimits) {
        switch outcome {
        case .accepted:
            breaker = .closed
            rateRefusals = 0
        case .unsure, .notSent:
            // Says nothing about the key: the next one may try.
            if case .probing(let reason) = breaker { breaker = .open(until: moment, because: reason) }
        case .refused(let refusal):
            take(refusal, chance: chance, at: moment, limits)
        }
    }

    private mutating func take(
        _ refusal: SendRefusal,
        chance: Double,
        at moment: Timestamp,
        _ limits: OutboxLimits
    ) {
        let asked = min(refusal.retryAfter ?? .zero, limits.longestRetryAfter)
        if refusal.kind.stopsNumber {
            breaker = .open(until: moment + max(limits.probePause, asked), because: refusal.kind)
            return
        }
        // Any other answer comes from behind the door: the key works.
        breaker = .closed
        switch refusal.kind {
        case .retrySlowNumber:
            rateRefusals += 1
            let pause = max(limits.pause(after: rateRefusals, chance: chance), asked)
            pausedUntil = max(pausedUntil ?? moment, moment + pause)
        case .restricted:
            restrictedUntil = moment + max(limits.longestRetryAfter, asked)
        case .retry, .retryOnce, .retryPair, .auth, .config, .blocked, .permanent, .permanentUntil:
            break
        }
    }
}
