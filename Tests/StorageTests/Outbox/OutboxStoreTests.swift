import Domain
import Synchronization
import Testing

@testable import Storage

@Suite struct OutboxStoreTests {
    private let limits = OutboxLimits()

    private func entry(
        _ room: RoomID,
        _ seq: SequenceNumber,
        part: Int64 = 0,
        number: String = "n1",
        at moment: Timestamp,
        _ message: OutboundMessage = .text("مرحبا 👋", showsPreview: true)
    ) -> OutboxEntry {
        OutboxEntry(
            id: .make(at: moment),
            lane: OutboxLane(channel: .whatsapp, number: number, recipient: room.text),
            room: room,
            seq: seq,
            part: part,
            target: part == 0 ? nil : seq,
            content: .whatsApp(message),
            delivery: .queued(at: moment)
        )
    }

    @Test(arguments: Engine.allCases)
    func anEntryIsReadBackAsItWasAdded(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let room = try await stores.makeVisitor(fixture).room
            let problem = OutboxProblem(code: 5, StatusMessage(ar: "عطل", en: "fault"), details: "why")
            let entries = [
                entry(room, 1, at: fixture.clock.now),
                OutboxEntry(
                    id: .make(at: fixture.clock.now),
                    lane: OutboxLane(channel: .whatsapp, number: "n2", recipient: "w_2"),
                    room: room, seq: 2, part: 1, target: 1,
                    content: .whatsApp(.template(OutboundTemplate(name: "hi", language: "ar"))),
                    delivery: .failed(problem, at: fixture.clock.now)),
            ]
            try await stores.outbox.add(entries)
            for entry in entries { #expect(try await stores.outbox.entry(entry.id) == entry) }
            #expect(try await stores.outbox.entry(.make(at: fixture.clock.now)) == nil)
            #expect(try await stores.outbox.counts() == [.queued: 1, .failed: 1])
        }
    }

    @Test(arguments: Engine.allCases)
    func whatWasPutOffOfAChannelIsHastened(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let now = fixture.clock.now
            var entries: [OutboxEntry] = []
            for _ in 0..<5 { entries.append(entry(try await stores.makeVisitor(fixture).room, 1, at: now)) }
            entries.append(
                OutboxEntry(id: .make(at: now), lane: .slack, order: 1, content: .slack(SlackPost("x")), at: now))
            try await stores.outbox.add(entries)
            let problem = OutboxProblem(StatusMessage(ar: "مفتاح", en: "key"))
            for entry in try await stores.outbox.claim(limit: 9, without: [], at: now, limits) {
                let isTooFast = entry.id == entries[0].id
                try await stores.outbox.change(entry.id) { [limits] in
                    let kind: RefusalKind = isTooFast ? .retryPair : .auth
                    $0.end(take: 1, .refused(SendRefusal(kind, problem)), chance: 0, at: now, limits)
                }
            }
            #expect(try await stores.outbox.claim(limit: 9, without: [], at: now, limits).isEmpty)
            #expect(try await stores.outbox.hasten(.whatsapp, at: now, limit: 3) == 3)
            #expect(try await stores.outbox.hasten(.whatsapp, at: now, limit: 3) == 1)
            #expect(try await stores.outbox.hasten(.whatsapp, at: now, limit: 3) == 0)
            let taken = try await stores.outbox.claim(limit: 9, without: [], at: now, limits)
            #expect(Set(taken.map(\.id)) == Set(entries[1...4].map(\.id)))
        }
    }

    @Test(arguments: Engine.allCases)
    func ofALaneOneEntryIsUnderWayAndTheOrderIsKept(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let rooms = [try await stores.makeVisitor(fixture).room, try await stores.makeVisitor(fixture).room]
            let now = fixture.clock.now
            for room in rooms {
                try await stores.outbox.add([
                    entry(room, 2, at: now), entry(room, 1, part: 1, at: now), entry(room, 1, at: now),
                ])
            }
            var order: [RoomID: [String]] = [:]
            for _ in 0..<3 {
                let taken = try await stores.outbox.claim(limit: 10, without: [], at: now, limits)
                #expect(Set(taken.map(\.room)) == Set(rooms))
                #expect(taken.allSatisfy { $0.delivery.state == .sending && $0.delivery.takes == 1 })
                #expect(try await stores.outbox.claim(limit: 10, without: [], at: now, limits) == [])
                for entry in taken {
                    order[try #require(entry.room), default: []].append("\(entry.seq)/\(entry.part)")
                    let after = try await stores.outbox.change(entry.id) { [limits] in
                        $0.end(take: 1, .accepted("wamid.\(entry.id)"), chance: 0, at: now, limits)
                    }
                    #expect(after?.delivery.state == .accepted)
                }
            }
            for room in rooms { #expect(order[room] == ["1/0", "1/1", "2/0"]) }
            #expect(try await stores.outbox.claim(limit: 10, without: [], at: now, limits) == [])
        }
    }

    @Test(arguments: Engine.allCases)
    func whatWaitsHoldsWhatIsBehindItAndRestingNumbersAreLeftOut(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let (one, two) = (try await stores.makeVisitor(fixture).room, try await stores.makeVisitor(fixture).room)
            let now = fixture.clock.now
            let outbox = stores.outbox
            try await outbox.add([entry(one, 1, at: now), entry(one, 2, at: now), entry(two, 1, number: "n2", at: now)])
            let first = try #require(try await outbox.claim(limit: 9, without: ["n2"], at: now, limits).first)
            #expect(first.room == one && first.seq == 1)
            try await outbox.change(first.id) { $0.release(take: 1, until: now + .seconds(9)) }
            #expect(try await outbox.claim(limit: 9, without: ["n2", "n3"], at: now, limits) == [])
            #expect(try await outbox.claim(limit: 1, without: [], at: now, limits).map(\.room) == [two])
            let later = now + .seconds(9)
            #expect(try await outbox.claim(limit: 9, without: [], at: later, limits).map(\.id) == [first.id])
            #expect(try await outbox.claim(limit: 0, without: [], at: later, limits) == [])
        }
    }

    @Test(arguments: Engine.allCases)
    func aDeadHubLeavesItsEntriesUnsureAndTheirLanesGoOn(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let room = try await stores.makeVisitor(fixture).room
            let now = fixture.clock.now
            let outbox = stores.outbox
            try await outbox.add([entry(room, 1, at: now), entry(room, 2, at: now)])
            let first = try #require(try await outbox.claim(limit: 9, without: [], at: now, limits).first)
            #expect(try await outbox.pass(at: now + .seconds(1), limit: 9, limits) == 0)
            let later = now + limits.lease
            #expect(try await outbox.pass(at: later, limit: 9, limits) == 1)
            #expect(try await outbox.entry(first.id)?.delivery.state == .unsure)
            #expect(try await outbox.claim(limit: 9, without: [], at: later, limits).map(\.seq) == [2])
            let end = later + limits.settleTime
            #expect(try await outbox.pass(at: end, limit: 9, limits) == 2)
            let failed = try await outbox.entry(first.id)?.delivery
            #expect(failed?.state == .failed && failed?.problem != nil)
            try await outbox.change(first.id) { _ = $0.hear(.delivered, id: "wamid.1", problem: nil) }
            #expect(try await outbox.entry(first.id)?.delivery.status == .delivered)
        }
    }

    @Test(arguments: Engine.allCases)
    func whatIsOldIsGivenUp(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let room = try await stores.makeVisitor(fixture).room
            let old = entry(room, 1, at: fixture.clock.now)
            try await stores.outbox.add([old])
            #expect(try await stores.outbox.pass(at: fixture.clock.now + limits.maxAge, limit: 9, limits) == 1)
            #expect(try await stores.outbox.entry(old.id)?.delivery.state == .failed)
        }
    }

    @Test(arguments: Engine.allCases)
    func whatIsCancelledIsNotTaken(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let room = try await stores.makeVisitor(fixture).room
            let now = fixture.clock.now
            try await stores.outbox.add([
                entry(room, 1, at: now), entry(room, 1, part: 1, at: now), entry(room, 2, at: now),
            ])
            _ = try await stores.outbox.claim(limit: 9, without: [], at: now, limits)
            // The first part may have left already.
            #expect(try await stores.outbox.cancel(1, in: room) == 1)
            #expect(try await stores.outbox.cancel(2, in: room) == 1)
            #expect(try await stores.outbox.cancel(2, in: room) == 0)
            let later = now + limits.lease
            _ = try await stores.outbox.pass(at: later, limit: 9, limits)
            #expect(try await stores.outbox.claim(limit: 9, without: [], at: later, limits) == [])
        }
    }

    @Test(arguments: Engine.allCases)
    func whatIsDeletedOnItsWayIsNotTriedAgain(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let room = try await stores.makeVisitor(fixture).room
            let now = fixture.clock.now
            let new = entry(room, 1, at: now)
            try await stores.outbox.add([new])
            _ = try await stores.outbox.claim(limit: 9, without: [], at: now, limits)
            #expect(try await stores.outbox.cancel(1, in: room) == 0)
            let problem = OutboxProblem(StatusMessage(ar: "لا", en: "no"))
            try await stores.outbox.change(new.id) { [limits] in
                $0.end(take: 1, .notSent(problem), chance: 0, at: now, limits)
            }
            #expect(try await stores.outbox.entry(new.id)?.delivery.state == .cancelled)
        }
    }

    @Test(arguments: Engine.allCases)
    func aFailedPartCancelsTheRestOfItsMessage(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let room = try await stores.makeVisitor(fixture).room
            let now = fixture.clock.now
            let parts = (0..<3).map { entry(room, 1, part: $0, at: now) }
            try await stores.outbox.add(parts)
            _ = try await stores.outbox.claim(limit: 9, without: [], at: now, limits)
            let refusal = SendRefusal(.permanent, OutboxProblem(StatusMessage(ar: "لا", en: "no")))
            try await stores.outbox.change(parts[0].id) { [limits] in
                $0.end(take: 1, .refused(refusal), chance: 0, at: now, limits)
            }
            #expect(try await stores.outbox.entry(parts[1].id)?.delivery.state == .cancelled)
            #expect(try await stores.outbox.entry(parts[2].id)?.delivery.state == .cancelled)
            let report = try #require(try await stores.outbox.untold(limit: 9).first)
            #expect(report.parts.count == 3 && report.progress?.status == .failed)
        }
    }

    @Test(arguments: Engine.allCases)
    func whatChangedWhileItWasToldIsToldAgain(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let room = try await stores.makeVisitor(fixture).room
            let now = fixture.clock.now
            let outbox = stores.outbox
            let new = entry(room, 1, at: now)
            try await outbox.add([new])
            let queued = try #require(try await outbox.untold(limit: 9).first)
            #expect(queued.room == room && queued.seq == 1 && queued.progress?.status == .queued)
            try await outbox.change(new.id) { _ = $0.hear(.sent, id: "wamid.1", problem: nil) }
            try await outbox.told(queued)
            let sent = try #require(try await outbox.untold(limit: 9).first)
            #expect(sent.progress?.status == .sent)
            try await outbox.told(sent)
            #expect(try await outbox.untold(limit: 9) == [])
            // A report that changes nothing is no news.
            try await outbox.change(new.id) { _ = $0.hear(.sent, id: "wamid.1", problem: nil) }
            #expect(try await outbox.untold(limit: 9) == [])
        }
    }

    /// Two hubs and many lanes: each entry is taken once, and each lane in its order.
    @Test(arguments: Engine.allCases)
    func twoHubsTakeEachEntryOnce(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            var rooms: [RoomID] = []
            for _ in 0..<6 { rooms.append(try await stores.makeVisitor(fixture).room) }
            let now = fixture.clock.now
            let perLane: Int64 = 12
            for room in rooms {
                try await stores.outbox.add((1...perLane).map { entry(room, SequenceNumber($0), at: now) })
            }
            // SQLite has one hub: there, two relays share it.
            let other = engine == .postgres ? try await fixture.open() : stores
            let total = rooms.count * Int(perLane)
            let taken = Taken()
            try await withThrowingTaskGroup { group in
                for hub in [stores, other, stores, other] {
                    group.addTask { try await Self.drain(hub.outbox, into: taken, at: now) }
                }
                try await group.waitForAll()
            }
            let entries = taken.entries.withLock { $0 }
            #expect(entries.count == total && Set(entries.map(\.id)).count == total)
            for room in rooms {
                #expect(entries.filter { $0.room == room }.map(\.seq.value) == Array(1...perLane))
            }
        }
    }

    private final class Taken: Sendable {
        let entries = Mutex<[OutboxEntry]>([])
    }

    /// Takes until nothing is owed.
    private static func drain(_ outbox: any OutboxStore, into taken: Taken, at now: Timestamp) async throws {
        let limits = OutboxLimits()
        while try await outbox.counts().isEmpty == false {
            for entry in try await outbox.claim(limit: 2, without: [], at: now, limits) {
                #expect(entry.delivery.takes == 1)
                taken.entries.withLock { $0.append(entry) }
                try await outbox.change(entry.id) {
                    $0.end(take: 1, .accepted("w"), chance: 0, at: now, limits)
                }
            }
        }
    }
}
