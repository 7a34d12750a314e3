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
    /// Tries in a row that came to nothing for reasons that lie neither in the message nor with us.
    private var failures: Int64 = 0
    /// Pauses in a row because of them.
    private var rests: Int64 = 0
    /// "Too fast" in a row.
    private var rateRefusals: Int64 = 0
    /// Tries that have begun and not ended.
    private var underWay = 0
    /// Until when only answers to customers may leave.
    private var restrictedUntil: Timestamp?
    private let limits: OutboxLimits

    init(_ limits: OutboxLimits, at moment: Timestamp) {
        bucket = TokenBucket(
            capacity: max(1, limits.numberPerSecond), refillPerSecond: limits.numberPerSecond, at: moment)
        self.limits = limits
    }

    /// Why it waits for a person; nil when it does not.
    var stopped: RefusalKind? {
        switch breaker {
        case .closed: nil
        case .open(_, let reason), .probing(let reason): reason.stopsNumber ? reason : nil
        }
    }

    /// Whether the provider seems to be away.
    var isBroken: Bool { breaker != .closed && stopped == nil }

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
        case .probing(let reason): return moment + (reason.stopsNumber ? limits.probePause : limits.firstPause)
        case .closed, .open: break
        }
        if let pausedUntil, moment < pausedUntil { return pausedUntil }
        if startsConversation, let restrictedUntil, moment < restrictedUntil { return restrictedUntil }
        return nil
    }

    mutating func take(at moment: Timestamp) -> Duration? { bucket.take(1, at: moment) }

    /// How many more entries may be taken now, so that none is taken only to be put back.
    mutating func berths(at moment: Timestamp) -> Int {
        guard !isResting(at: moment) else { return 0 }
        // One tries whether it works again.
        guard case .closed = breaker else { return 1 }
        // A level is a fraction: a whole token may look like a hair less.
        let tokens = Int(bucket.level(at: moment) * max(1, limits.numberPerSecond) + 0.001)
        return max(0, min(limits.numberWidth - underWay, tokens))
    }

    mutating func begin() {
        underWay += 1
        if case .open(_, let reason) = breaker { breaker = .probing(because: reason) }
    }

    mutating func ended(_ outcome: SendOutcome, chance: Double, at moment: Timestamp) {
        underWay = max(0, underWay - 1)
        switch outcome {
        case .accepted, .sent:
            recover()
            rateRefusals = 0
        case .unsure, .notSent:
            fail(chance: chance, at: moment)
        case .refused(let refusal):
            take(refusal, chance: chance, at: moment)
        }
    }

    /// It is sent with another key, or to another address: what was learned of the one before it is void.
    ///
    /// What was said of the number itself stays: how fast it goes, and that it may only answer.
    mutating func renewed() {
        recover()
        rateRefusals = 0
        pausedUntil = nil
    }

    private mutating func fail(chance: Double, at moment: Timestamp) {
        switch breaker {
        case .closed:
            failures += 1
            if failures >= limits.breakerFailures { rest(chance: chance, at: moment) }
        case .open:
            // It was under way when the others failed, and says nothing new.
            break
        case .probing(let reason) where reason.stopsNumber:
            // Says nothing about a bad key: the next one may try.
            breaker = .open(until: moment, because: reason)
        case .probing:
            rest(chance: chance, at: moment)
        }
    }

    private mutating func rest(chance: Double, at moment: Timestamp) {
        rests += 1
        breaker = .open(until: moment + limits.rest(after: rests, chance: chance), because: .retry)
    }

    private mutating func recover() {
        breaker = .closed
        failures = 0
        rests = 0
    }

    private mutating func take(
        _ refusal: SendRefusal,
        chance: Double,
        at moment: Timestamp
    ) {
        let asked = min(refusal.retryAfter ?? .zero, limits.longestRetryAfter)
        if refusal.kind.stopsNumber {
            breaker = .open(until: moment + max(limits.probePause, asked), because: refusal.kind)
            return
        }
        if refusal.kind == .retry { return fail(chance: chance, at: moment) }
        // Any other answer comes from behind the door: the key works.
        recover()
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
