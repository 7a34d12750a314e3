import Domain
import Testing

@testable import Storage

@Suite struct PostgresPoolMachineTests {
    private typealias Machine = PostgresPoolMachine
    private let start = ContinuousClock.now

    private static func machine(_ size: Int, maxWaiting: Int = 100) -> Machine {
        var limits = PostgresLimits()
        limits.leaseTimeout = .seconds(2)
        limits.minBackoff = .milliseconds(100)
        limits.maxBackoff = .seconds(5)
        limits.maxWaiting = maxWaiting
        return Machine(size: size, limits: limits)
    }

    private func connection(_ number: Int) -> Machine.ConnectionID { .init(number: number) }
    private func waiter(_ number: Int) -> Machine.WaiterID { .init(number: number) }

    @Test func connectsForTheFirstAndReusesWhatIsIdle() {
        var machine = Self.machine(2)
        #expect(machine.lease(waiter(1), now: start) == [.connect(connection(1))])
        #expect(machine.connected(connection(1)) == [.grant(connection(1), to: waiter(1))])
        #expect(machine.released(connection(1), isUsable: true, now: start) == [])
        #expect(machine.lease(waiter(2), now: start) == [.grant(connection(1), to: waiter(2))])
        #expect(machine.lease(waiter(3), now: start) == [.connect(connection(2))])
        // Full: the fourth waits, and whoever gives back first serves the third.
        #expect(machine.lease(waiter(4), now: start) == [])
        #expect(machine.released(connection(1), isUsable: true, now: start) == [.grant(connection(1), to: waiter(3))])
        #expect(machine.connected(connection(2)) == [.grant(connection(2), to: waiter(4))])
        #expect(machine.wakeAt == nil)
    }

    @Test func waitingIsBoundedInTimeAndNumber() {
        var machine = Self.machine(1, maxWaiting: 2)
        _ = machine.lease(waiter(1), now: start)
        _ = machine.connected(connection(1))
        #expect(machine.lease(waiter(2), now: start) == [])
        #expect(machine.lease(waiter(3), now: start + .seconds(1)) == [])
        #expect(machine.lease(waiter(4), now: start) == [.refuse(waiter(4), .busy)])
        #expect(machine.wakeAt == start + .seconds(2))
        #expect(machine.tick(now: start + .seconds(2)) == [.refuse(waiter(2), .busy)])
        #expect(machine.wakeAt == start + .seconds(3))
        let later = start + .milliseconds(2500)
        #expect(machine.released(connection(1), isUsable: true, now: later) == [.grant(connection(1), to: waiter(3))])
        #expect(machine.wakeAt == nil)
    }

    @Test func aDatabaseThatIsAwayRefusesAtOnceAndIsTriedAgainByItself() {
        var machine = Self.machine(3)
        #expect(machine.lease(waiter(1), now: start) == [.connect(connection(1))])
        #expect(machine.lease(waiter(2), now: start) == [.connect(connection(2))])
        let away = Machine.Refusal.away(retryAfter: .milliseconds(100))
        #expect(
            machine.failedToConnect(connection(1), now: start, jitter: 1) == [
                .refuse(waiter(1), away), .refuse(waiter(2), away),
            ])
        #expect(machine.lease(waiter(3), now: start) == [.refuse(waiter(3), away)])
        #expect(machine.failedToConnect(connection(2), now: start, jitter: 1) == [])
        #expect(machine.wakeAt == start + .milliseconds(200))
        #expect(machine.tick(now: start + .milliseconds(199)) == [])
        #expect(machine.tick(now: start + .milliseconds(200)) == [.connect(connection(3))])
        // One attempt at a time, however many ask.
        #expect(machine.wakeAt == nil)
        #expect(machine.tick(now: start + .seconds(9)) == [])
        #expect(machine.lease(waiter(4), now: start + .milliseconds(200)) == [.refuse(waiter(4), away)])
        #expect(machine.connected(connection(3)) == [])
        #expect(machine.lease(waiter(5), now: start) == [.grant(connection(3), to: waiter(5))])
        #expect(machine.lease(waiter(6), now: start) == [.connect(connection(4))])
    }

    @Test func aLostConnectionIsReplacedForThoseWhoWait() {
        var machine = Self.machine(1)
        _ = machine.lease(waiter(1), now: start)
        _ = machine.connected(connection(1))
        _ = machine.lease(waiter(2), now: start)
        #expect(
            machine.released(connection(1), isUsable: false, now: start) == [
                .discard(connection(1)), .connect(connection(2)),
            ])
        #expect(machine.connected(connection(2)) == [.grant(connection(2), to: waiter(2))])
    }

    @Test func failingToGrowDoesNotHurtThoseWhoWaitForALiveConnection() {
        var machine = Self.machine(2)
        _ = machine.lease(waiter(1), now: start)
        _ = machine.connected(connection(1))
        #expect(machine.lease(waiter(2), now: start) == [.connect(connection(2))])
        #expect(machine.failedToConnect(connection(2), now: start, jitter: 0) == [])
        #expect(machine.released(connection(1), isUsable: true, now: start) == [.grant(connection(1), to: waiter(2))])
        #expect(machine.tick(now: start + .milliseconds(50)) == [.connect(connection(3))])
    }

    @Test func closingEndsEverything() {
        var machine = Self.machine(2)
        _ = machine.lease(waiter(1), now: start)
        _ = machine.connected(connection(1))
        _ = machine.lease(waiter(2), now: start)
        #expect(machine.close() == [.refuse(waiter(2), .closed), .discard(connection(2))])
        #expect(machine.connected(connection(2)) == [.discard(connection(2))])
        #expect(machine.released(connection(1), isUsable: true, now: start) == [.discard(connection(1))])
        #expect(machine.lease(waiter(3), now: start) == [.refuse(waiter(3), .closed)])
        #expect(machine.tick(now: start + .seconds(60)) == [])
        #expect(machine.wakeAt == nil)
    }

    @Test func pausesDoubleUpToTheCapWithJitter() {
        let backoff = PostgresBackoff(PostgresLimits())
        #expect(
            (1...8).map { backoff.pause(afterFailures: $0, jitter: 1).milliseconds }
                == [100, 200, 400, 800, 1600, 3200, 5000, 5000])
        #expect(backoff.pause(afterFailures: 1, jitter: 0) == .milliseconds(50))
        #expect(backoff.pause(afterFailures: Int.max, jitter: 1) == .seconds(5))
    }

    /// Random worlds: nobody is answered twice or forgotten, no connection has two users, the size is kept.
    @Test(arguments: 0..<200)
    func randomRunsKeepTheInvariants(_ seed: Int) {
        var world = PoolWorld(seed: UInt64(seed))
        for _ in 0..<400 { world.step() }
        world.settle()
        #expect(world.complaints.isEmpty, "\(world.complaints.first ?? "")")
    }
}

/// Plays the machine's actions on imagined connections and refuses what must not be.
private struct PoolWorld {
    private static let size = 3
    private var machine: PostgresPoolMachine
    private var random: SplitMix
    private var now = ContinuousClock.now
    private var connecting: Set<PostgresPoolMachine.ConnectionID> = []
    private var idle: Set<PostgresPoolMachine.ConnectionID> = []
    private var leased: Set<PostgresPoolMachine.ConnectionID> = []
    private var waiting: Set<PostgresPoolMachine.WaiterID> = []
    private var lastWaiter = 0
    private(set) var complaints: [String] = []

    init(seed: UInt64) {
        random = SplitMix(state: seed)
        var limits = PostgresLimits()
        limits.maxWaiting = 5
        machine = PostgresPoolMachine(size: Self.size, limits: limits)
    }

    mutating func step() {
        now += .milliseconds(Int.random(in: 0...300, using: &random))
        switch Int.random(in: 0..<10, using: &random) {
        case 0...3:
            lease()
        case 4, 5:
            if let id = connecting.sorted(by: { $0.number < $1.number }).first { succeed(id) }
        case 6:
            if let id = connecting.randomElement(using: &random) { fail(id) }
        case 7, 8:
            if let id = leased.randomElement(using: &random) { release(id, isUsable: Bool.random(using: &random)) }
        default:
            play(machine.tick(now: now))
        }
    }

    /// Time without asking: everybody is answered, and the pool can serve again.
    mutating func settle() {
        for id in leased { release(id, isUsable: true) }
        for _ in 0..<20 {
            for id in connecting { succeed(id) }
            for id in leased { release(id, isUsable: true) }
            now = max(now, machine.wakeAt ?? now)
            play(machine.tick(now: now))
        }
        if !waiting.isEmpty { complaints.append("\(waiting.count) were forgotten") }
        lease()
        for id in connecting { succeed(id) }
        if leased.isEmpty { complaints.append("the pool serves nobody") }
    }

    private mutating func lease() {
        lastWaiter += 1
        let waiter = PostgresPoolMachine.WaiterID(number: lastWaiter)
        waiting.insert(waiter)
        play(machine.lease(waiter, now: now))
    }

    private mutating func succeed(_ id: PostgresPoolMachine.ConnectionID) {
        connecting.remove(id)
        idle.insert(id)
        play(machine.connected(id))
    }

    private mutating func fail(_ id: PostgresPoolMachine.ConnectionID) {
        connecting.remove(id)
        play(machine.failedToConnect(id, now: now, jitter: Double.random(in: 0...1, using: &random)))
    }

    private mutating func release(_ id: PostgresPoolMachine.ConnectionID, isUsable: Bool) {
        leased.remove(id)
        idle.insert(id)
        play(machine.released(id, isUsable: isUsable, now: now))
    }

    private mutating func play(_ actions: [PostgresPoolMachine.Action]) {
        for action in actions {
            switch action {
            case .connect(let id):
                if !connecting.insert(id).inserted { complaints.append("connected twice") }
            case .grant(let id, let waiter):
                if idle.remove(id) == nil { complaints.append("granted what is not idle") }
                leased.insert(id)
                if waiting.remove(waiter) == nil { complaints.append("answered twice") }
            case .refuse(let waiter, _):
                if waiting.remove(waiter) == nil { complaints.append("answered twice") }
            case .discard(let id):
                if idle.remove(id) == nil, connecting.remove(id) == nil { complaints.append("discarded twice") }
            }
        }
        if connecting.count + idle.count + leased.count > Self.size { complaints.append("too many connections") }
        if waiting.count > 5 { complaints.append("too many wait") }
        if let alarm = machine.wakeAt, alarm > now + .seconds(60) { complaints.append("sleeps too long") }
    }
}

/// A small seeded generator, so that a failing run can be repeated.
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
