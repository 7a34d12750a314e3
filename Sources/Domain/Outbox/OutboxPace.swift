/// Decides whether an entry may leave now: how fast each recipient and each number may be written to.
///
/// What it knows is this hub's; the provider refuses what several hubs send too fast together.
package struct OutboxPace: Sendable {
    package enum Admission: Sendable, Equatable {
        case go
        case wait(until: Timestamp)
    }

    private var pairs: KeyedBuckets<OutboxLane>
    private var numbers: [String: NumberPace] = [:]
    /// Of the numbers that are known.
    private var channels: [String: OutboxChannel] = [:]
    private let limits: OutboxLimits

    package init(_ limits: OutboxLimits) {
        self.limits = limits
        pairs = KeyedBuckets(
            capacity: limits.pairBurst, refillPerSecond: limits.pairPerSecond, maxKeys: limits.maxPaces)
    }

    /// Takes what sending costs, or says how long to wait for it.
    package mutating func admit(_ entry: OutboxEntry, at moment: Timestamp) -> Admission {
        let number = entry.lane.number
        var pace = numbers[number] ?? NumberPace(limits.of(entry.lane.channel), at: moment)
        defer { (numbers[number], channels[number]) = (pace, entry.lane.channel) }
        if let wait = pace.rest(startsConversation: entry.content.startsConversation, at: moment) {
            return .wait(until: wait)
        }
        if let pause = pairs.take(for: entry.lane, at: moment) { return .wait(until: moment + pause) }
        if let pause = pace.take(at: moment) {
            pairs.giveBack(to: entry.lane)
            return .wait(until: moment + pause)
        }
        pace.begin()
        return .go
    }

    /// An entry of a number that `admit` let go has ended.
    package mutating func ended(_ outcome: SendOutcome, of number: String, chance: Double, at moment: Timestamp) {
        numbers[number]?.ended(outcome, chance: chance, at: moment)
    }

    /// What sends over a channel was replaced: nothing that stopped its numbers before counts any more.
    package mutating func renewed(_ channel: OutboxChannel) {
        for number in numbers.keys where channels[number] == channel { numbers[number]?.renewed() }
    }

    /// Numbers that send nothing for now, so that nothing of theirs need be taken.
    package func resting(at moment: Timestamp) -> Set<String> {
        Set(numbers.filter { $0.value.isResting(at: moment) }.keys)
    }

    /// How many entries of each number that sent something may be taken now.
    package mutating func berths(at moment: Timestamp) -> [String: Int] {
        var berths: [String: Int] = [:]
        for number in numbers.keys { berths[number] = numbers[number]?.berths(at: moment) }
        return berths
    }

    /// How many numbers wait because the provider seems to be away.
    package var broken: Int { numbers.values.count(where: \.isBroken) }

    /// Numbers that wait for a person, by why.
    package var stopped: [String: RefusalKind] { numbers.compactMapValues(\.stopped) }
}
