import Domain
import HubTestKit
import Testing

/// A shop in which everything happens: customers arrive, agents come, go, accept, decline and fall silent.
///
/// It keeps the rows that a store would keep, from the effects alone, and refuses what a row would refuse.
struct RoutingWorld {
    private typealias Make = RoutingSamples

    var random: SeededRandom
    let rules: RoutingRules
    private(set) var machine: RoutingMachine
    private(set) var now = RoutingSamples.start
    /// Who owns each conversation, as its row says.
    private(set) var rows: [RoomID: Ownership] = [:]
    /// Everything that was told, in order.
    private(set) var told: [RoutingEffect] = []
    private(set) var customers = 0
    private var teams: [TeamID?] = [RoutingSamples.sales, RoutingSamples.support, nil]
    private var done: Set<RoomID> = []
    private var inputs = 0

    init(seed: UInt64, agents: Int, rules: RoutingRules) {
        random = SeededRandom(seed: seed)
        self.rules = rules
        var people: [RoutingAgent] = []
        for number in 1...agents {
            let teams = random.pick([[Make.sales], [Make.support], [Make.sales, Make.support]] as [Set<TeamID>])
            people.append(
                Make.agent(
                    number, random.pick(PresenceState.allCases), since: 0, teams: teams,
                    skills: random.chance(in: 2) ? ["english"] : [],
                    capacity: Load(hundredths: Int64.random(in: 0...600, using: &random))))
        }
        people.shuffle(using: &random)
        machine = RoutingMachine(RoutingState(agents: people), rules)
    }

    // MARK: What happens

    mutating func customerArrives() {
        customers += 1
        let room = RoomID.sample(customers)
        rows[room] = Ownership()
        hear(
            .arrived(
                QueueEntry(
                    room: room, channel: random.pick([.web, .whatsapp]), team: random.pick(teams),
                    skills: random.chance(in: 5) ? ["english"] : [], enteredAt: now,
                    priority: random.chance(in: 10) ? 1 : 0,
                    preferred: random.chance(in: 3) ? .sample(Int.random(in: 1...30, using: &random)) : nil, epoch: 0)))
    }

    mutating func step() {
        now = now + .milliseconds(Int.random(in: 0...20_000, using: &random))
        switch Int.random(in: 0..<12, using: &random) {
        case 0, 1: customerArrives()
        case 2, 3: presenceChanges()
        case 4, 5, 6: if let offer = anOffer() { hear(.accepted(offer.room, by: offer.agent)) }
        case 7: if let offer = anOffer() { hear(.declined(offer.room, by: offer.agent)) }
        case 8: if let room = aHeldRoom() { hear(random.chance(in: 2) ? .answered(room) : .customerWrote(room)) }
        case 9: leave()
        case 10: transfer()
        default: hear(.timePassed)
        }
    }

    /// Everybody comes online, takes what they are asked for, and finishes it, until nobody waits for a pass.
    mutating func calmDown() {
        for agent in machine.state.agents.values.sorted(by: { $0.id < $1.id }) {
            var agent = agent
            (agent.presence, agent.presentSince) = (.online, now)
            agent.capacity = max(agent.capacity, .conversations(4))
            (agent.teams, agent.skills) = ([Make.sales, Make.support], ["english"])
            hear(.agent(agent))
        }
        for _ in 0..<5000 where !machine.state.entries.isEmpty {
            now = now + .seconds(1)
            while let offer = anOffer() { hear(.accepted(offer.room, by: offer.agent)) }
            while let room = aHeldRoom() { finish(room) }
            hear(.timePassed)
        }
    }

    private mutating func presenceChanges() {
        guard var agent = sorted(machine.state.agents.values, by: \.id).randomElement(using: &random) else { return }
        (agent.presence, agent.presentSince) = (random.pick(PresenceState.allCases + [.online, .online]), now)
        hear(.agent(agent))
    }

    private mutating func transfer() {
        guard let holding = sorted(machine.state.holdings.values, by: \.room).randomElement(using: &random) else {
            return
        }
        let target: Transfer.Target =
            random.chance(in: 2)
            ? .team(random.pick([Make.sales, Make.support])) : .agent(.sample(Int.random(in: 1...30, using: &random)))
        let fallback: Transfer.Fallback = random.chance(in: 2) ? .stay : .queue(random.pick(teams))
        hear(.transfer(Transfer(room: holding.room, from: holding.agent, to: target, note: "", fallback: fallback)))
    }

    private mutating func leave() {
        if random.chance(in: 2), let room = aHeldRoom() { return finish(room) }
        if let entry = sorted(machine.state.entries.values, by: \.room).randomElement(using: &random) {
            finish(entry.room)
        }
    }

    private mutating func finish(_ room: RoomID) {
        hear(.left(room))
        done.insert(room)
    }

    private mutating func anOffer() -> Offer? {
        sorted(machine.state.offers.values, by: \.room).randomElement(using: &random)
    }

    private mutating func aHeldRoom() -> RoomID? {
        sorted(machine.state.holdings.values, by: \.room).randomElement(using: &random)?.room
    }

    private func sorted<Value, Key: Comparable>(_ values: some Sequence<Value>, by key: (Value) -> Key) -> [Value] {
        values.sorted { key($0) < key($1) }
    }

    // MARK: What must hold

    private mutating func hear(_ input: RoutingInput) {
        // Another hub loads the same state.
        if random.chance(in: 2) { machine = RoutingMachine(machine.state, rules) }
        let before = machine.state
        let step = machine.handle(input, at: now)
        told += step.effects
        for effect in step.effects { write(effect, before) }
        inputs += 1
        // What looks at everybody is looked at now and then when there are many.
        if machine.state.entries.count < 50 || inputs.isMultiple(of: 50) { check() }
    }

    private mutating func write(_ effect: RoutingEffect, _ before: RoutingState) {
        switch effect {
        case .assigned(let room, let agent, let epoch, _, _): hand(room, to: .agent(agent), epoch)
        case .queued(let room, _, let agent, let epoch, _, _):
            #expect(rows[room]?.owner == .agent(agent))
            hand(room, to: .nobody, epoch)
        case .released(let room, let agent, let epoch):
            #expect(rows[room]?.owner == .agent(agent))
            hand(room, to: .nobody, epoch)
            done.insert(room)
        case .offered(let offer):
            #expect(machine.state.agents[offer.agent]?.presence == .online, "asked while not online")
            #expect(!(before.entries[offer.room]?.declined.contains(offer.agent) ?? false), "asked after declining")
        case .handedOver(let room, _, _, _): Issue.record("there is no assistant that could give \(room) away")
        case .offerEnded, .transferFailed: break
        }
    }

    private mutating func hand(_ room: RoomID, to owner: Owner, _ epoch: Int64) {
        #expect(!done.contains(room), "given away after it was done")
        guard case .changed(let next)? = rows[room]?.handing(to: owner, expecting: epoch) else {
            Issue.record("the row of \(room) refuses epoch \(epoch) for \(owner)")
            return
        }
        rows[room] = next
    }

    private func check() {
        let state = machine.state
        let loads = state.loads(rules.weights)
        for agent in state.agents.values {
            #expect((loads[agent.id] ?? .none) <= agent.capacity, "\(agent.id) has more than they can take")
        }
        for room in state.entries.keys { #expect(state.holdings[room] == nil, "waits and is held") }
        for room in state.offers.keys { #expect(state.entries[room] != nil || state.holdings[room] != nil) }
        for holding in state.holdings.values {
            #expect(rows[holding.room] == Ownership(.agent(holding.agent), epoch: holding.epoch))
        }
        for entry in state.entries.values {
            #expect(rows[entry.room] == Ownership(.nobody, epoch: entry.epoch))
        }
        #expect(!state.places(rules, at: now).contains { $0.reason == .ready }, "left out while somebody has room")
        if let deadline = machine.nextDeadline { #expect(deadline > now) }
    }

    /// How many wait, are held, or went their way: everybody.
    var accountedFor: Int { machine.state.entries.count + machine.state.holdings.count + done.count }
}
