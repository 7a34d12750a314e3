import Domain
import HubTestKit
import Logging
import ServiceLifecycle
import Storage
import Synchronization
import Testing

@testable import Actors

@Suite struct OutboxRelayTests {
    private static func entry(
        _ room: RoomID,
        _ seq: SequenceNumber,
        part: Int64 = 0,
        at moment: Timestamp = .present
    ) -> OutboxEntry {
        OutboxEntry(
            id: .make(at: moment),
            lane: OutboxLane(channel: .whatsapp, number: "n1", recipient: room.text),
            room: room,
            seq: seq,
            part: part,
            content: .whatsApp(.text("\(seq)/\(part)", showsPreview: false)),
            delivery: .queued(at: moment)
        )
    }

    /// Runs relays over one outbox until `body` ends.
    private static func with(
        _ phone: ScriptedPhone,
        as channel: OutboxChannel = .whatsapp,
        limits: OutboxLimits = quick,
        relays count: Int = 1,
        _ body: (any OutboxStore, [RoomID], Told) async throws -> Void
    ) async throws {
        try await with(Live(always: phone), as: channel, limits: limits, relays: count) { outbox, rooms, told, _ in
            try await body(outbox, rooms, told)
        }
    }

    private static func with(
        _ phone: Live<(any OutboundChannel)?>,
        as channel: OutboxChannel = .whatsapp,
        limits: OutboxLimits = quick,
        relays count: Int = 1,
        _ body: (any OutboxStore, [RoomID], Told, [OutboxRelay]) async throws -> Void
    ) async throws {
        try await ActorsFixture.with { fixture in
            let stores = try await fixture.open()
            _ = try await stores.migrator.up()
            var rooms: [RoomID] = []
            for _ in 0..<3 {
                rooms.append(
                    try await stores.rooms.makeRoom(
                        NewRoom(
                            id: .make(at: .present), kind: .channel, title: "r", members: [], at: .present)
                    ).room.id)
            }
            let told = Told()
            let logger = Logger(label: "relay") { _ in SwiftLogNoOpLogHandler() }
            var settings = OutboxRelaySettings()
            settings.interval = .milliseconds(10)
            let relays = (0..<count).map { _ in
                OutboxRelay(
                    outbox: stores.outbox, channels: [channel: phone], reporter: told, limits: limits,
                    settings: settings, now: { .present }, logger: logger)
            }
            let tasks = relays.map { relay in Task { try await relay.run() } }
            let result: Result<Void, any Error>
            do {
                result = .success(try await body(stores.outbox, rooms, told, relays))
            } catch {
                result = .failure(error)
            }
            for task in tasks {
                task.cancel()
                _ = await task.result
            }
            try result.get()
        }
    }

    private static var quick: OutboxLimits {
        var limits = OutboxLimits()
        limits.firstPause = .milliseconds(10)
        limits.pairBurst = 1000
        return limits
    }

    @Test func eachEntryIsSentOnceAndInTheOrderOfItsLane() async throws {
        let phone = ScriptedPhone { _ in .accepted("wamid") }
        try await Self.with(phone, relays: 3) { outbox, rooms, told in
            for room in rooms {
                try await outbox.add((1...20).map { Self.entry(room, SequenceNumber($0)) })
            }
            try await eventually("all are sent") { try await outbox.counts().isEmpty }
            for room in rooms {
                #expect(phone.sent(to: room) == (1...20).map { "\($0)/0" })
            }
            #expect(phone.mostAtOnceOfALane == 1)
            try await eventually("rooms were told") { try await outbox.untold(limit: 1).isEmpty }
            #expect(told.states(of: rooms[0], 1) == [.queued])
        }
    }

    @Test func aStormOfRefusalsLosesNothingAndKeepsTheOrder() async throws {
        let problem = OutboxProblem(StatusMessage(ar: "عطل", en: "fault"))
        let phone = ScriptedPhone { entry in
            switch entry.delivery.takes {
            case 1: .refused(SendRefusal(.retry, problem))
            case 2: .notSent(problem)
            default: .accepted("wamid")
            }
        }
        try await Self.with(phone) { outbox, rooms, _ in
            for room in rooms { try await outbox.add((1...8).map { Self.entry(room, SequenceNumber($0)) }) }
            try await eventually("all are sent") { try await outbox.counts().isEmpty }
            for room in rooms { #expect(phone.accepted(by: room) == (1...8).map { "\($0)/0" }) }
        }
    }

    /// An alert whose answer was lost is posted once more, and no more.
    @Test(arguments: [1, 2])
    func anAlertLeavesThroughTheOutbox(_ losses: Int64) async throws {
        let problem = OutboxProblem(StatusMessage(ar: "انقطع", en: "lost"))
        let slack = ScriptedPhone { $0.delivery.attempts <= losses ? .unsure(problem) : .sent("ok") }
        try await Self.with(slack, as: .slack) { outbox, _, told in
            let id = OutboxEntryID.make(at: .present)
            try await outbox.add([
                OutboxEntry(
                    id: id, lane: .slack, order: 1, content: .slack(SlackPost("القرص يكاد يمتلئ")), at: .present)
            ])
            let end: OutboxDelivery.State = losses == 1 ? .accepted : .unsure
            try await eventually("it is at its end") { try await outbox.entry(id)?.delivery.state == end }
            let entry = try #require(try await outbox.entry(id))
            #expect(entry.content == .slack(SlackPost("القرص يكاد يمتلئ")) && entry.delivery.attempts == 2)
            #expect(slack.mostAtOnceOfALane == 1)
        }
    }

    @Test func aLostAnswerIsNotSentAgainAndAReportSettlesIt() async throws {
        let problem = OutboxProblem(StatusMessage(ar: "انقطع", en: "lost"))
        let phone = ScriptedPhone { entry in entry.seq == 1 ? .unsure(problem) : .accepted("wamid.2") }
        try await Self.with(phone) { outbox, rooms, told in
            let lost = Self.entry(rooms[0], 1)
            try await outbox.add([lost, Self.entry(rooms[0], 2)])
            try await eventually("the lane goes on") { phone.accepted(by: rooms[0]) == ["2/0"] }
            try await eventually("it is unsure") { try await outbox.counts() == [.unsure: 1] }
            #expect(phone.sent(to: rooms[0]) == ["1/0", "2/0"])
            try await outbox.change(lost.id) { _ = $0.hear(.delivered, id: "wamid.1", problem: nil) }
            try await eventually("the room knows") { told.states(of: rooms[0], 1).last == .delivered }
            #expect(phone.sent(to: rooms[0]) == ["1/0", "2/0"])
        }
    }

    @Test func whatIsNeverSettledIsParkedForAPerson() async throws {
        var limits = Self.quick
        limits.settleTime = .milliseconds(30)
        let problem = OutboxProblem(StatusMessage(ar: "انقطع", en: "lost"))
        let phone = ScriptedPhone { _ in .unsure(problem) }
        try await Self.with(phone, limits: limits) { outbox, rooms, told in
            try await outbox.add([Self.entry(rooms[0], 1)])
            try await eventually("the room knows") { told.states(of: rooms[0], 1).last == .failed }
            #expect(phone.sent(to: rooms[0]) == ["1/0"])
        }
    }

    @Test func aStoppedNumberIsAskedNoMoreThanNeeded() async throws {
        let problem = OutboxProblem(code: 190, StatusMessage(ar: "مفتاح", en: "key"))
        let phone = ScriptedPhone { _ in .refused(SendRefusal(.auth, problem)) }
        try await Self.with(phone) { outbox, rooms, _ in
            try await outbox.add([Self.entry(rooms[0], 1)])
            try await eventually("it was refused, and waits") {
                let counts = try await outbox.counts()
                return phone.sent(to: rooms[0]) == ["1/0"] && counts == [.queued: 1]
            }
            try await outbox.add([Self.entry(rooms[1], 1), Self.entry(rooms[2], 1)])
            try await eventually("all wait") { try await outbox.counts() == [.queued: 3] }
            #expect(phone.sent(to: rooms[1]).isEmpty && phone.sent(to: rooms[2]).isEmpty)
        }
    }

    /// What is refused for want of a channel or a key would rest for an hour.
    private static var patient: OutboxLimits {
        var limits = quick
        limits.probePause = .seconds(3600)
        return limits
    }

    @Test func whatWaitedForAServiceLeavesWhenItIsConnected() async throws {
        let held = Replaceable<(any OutboundChannel)?>(nil)
        try await Self.with(held.live, limits: Self.patient, relays: 2) { outbox, rooms, _, relays in
            let entries = rooms.map { Self.entry($0, 1) }
            try await outbox.add(entries)
            try await eventually("both hubs have found that there is none") {
                var refused = 0
                for entry in entries {
                    if let delivery = try await outbox.entry(entry.id)?.delivery, delivery.problem != nil {
                        refused += 1
                        #expect(delivery.attempts == 0)
                    }
                }
                return refused >= 2
            }
            let phone = ScriptedPhone { _ in .accepted("wamid") }
            held.replace(with: phone)
            for relay in relays { await relay.renewed(.whatsapp) }
            try await eventually("all leave") { try await outbox.counts().isEmpty }
            for room in rooms { #expect(phone.sent(to: room) == ["1/0"]) }
        }
    }

    @Test func whatEndsBadlyWithAnOldKeyLeavesWithTheNewOne() async throws {
        let problem = OutboxProblem(code: 190, StatusMessage(ar: "مفتاح", en: "key"))
        let old = SlowPhone(.refused(SendRefusal(.auth, problem)))
        let held = Replaceable<(any OutboundChannel)?>(old)
        try await Self.with(held.live, limits: Self.patient) { outbox, rooms, _, relays in
            try await outbox.add([Self.entry(rooms[0], 1), Self.entry(rooms[0], 2)])
            try await eventually("one is under way") { old.began.withLock { $0 } == 1 }
            let new = ScriptedPhone { _ in .accepted("wamid") }
            held.replace(with: new)
            await relays[0].renewed(.whatsapp)
            old.letGo.finish()
            try await eventually("all leave") { try await outbox.counts().isEmpty }
            #expect(new.sent(to: rooms[0]) == ["1/0", "2/0"] && old.began.withLock { $0 } == 1)
        }
    }

    @Test func whatIsTurnedOffIsNotSentAndNotLost() async throws {
        let phone = ScriptedPhone { _ in .accepted("wamid") }
        let held = Replaceable<(any OutboundChannel)?>(phone)
        try await Self.with(held.live, limits: Self.patient) { outbox, rooms, _, relays in
            try await outbox.add([Self.entry(rooms[0], 1)])
            try await eventually("it is sent") { try await outbox.counts().isEmpty }
            held.replace(with: nil)
            await relays[0].renewed(.whatsapp)
            let late = Self.entry(rooms[0], 2)
            try await outbox.add([late])
            try await eventually("it waits") { try await outbox.entry(late.id)?.delivery.problem != nil }
            #expect(phone.sent(to: rooms[0]) == ["1/0"])
            held.replace(with: phone)
            await relays[0].renewed(.whatsapp)
            try await eventually("it leaves") { try await outbox.counts().isEmpty }
            #expect(phone.sent(to: rooms[0]) == ["1/0", "2/0"])
        }
    }

    @Test func aShutdownEndsWhatIsUnderWay() async throws {
        try await ActorsFixture.with { fixture in
            let stores = try await fixture.open()
            _ = try await stores.migrator.up()
            let room = try await stores.rooms.makeRoom(
                NewRoom(id: .make(at: .present), kind: .channel, title: "r", members: [], at: .present)
            ).room.id
            let phone = SlowPhone()
            let relay = OutboxRelay(
                outbox: stores.outbox, channels: [.whatsapp: Live(always: phone)], reporter: Told(), now: { .present },
                logger: Logger(label: "relay") { _ in SwiftLogNoOpLogHandler() })
            try await stores.outbox.add([Self.entry(room, 1), Self.entry(room, 2)])
            let group = ServiceGroup(
                services: [relay], logger: Logger(label: "relay") { _ in SwiftLogNoOpLogHandler() })
            let running = Task { try await group.run() }
            try await eventually("one is under way") { phone.began.withLock { $0 } == 1 }
            await group.triggerGracefulShutdown()
            phone.letGo.finish()
            try await running.value
            #expect(try await stores.outbox.counts() == [.queued: 1])
            #expect(phone.began.withLock { $0 } == 1)
        }
    }
}

/// Stands for the outside world: answers as the test says, and keeps what it was given.
private final class ScriptedPhone: OutboundChannel {
    private struct Call {
        let entry: OutboxEntry
        let outcome: SendOutcome
    }

    private struct State {
        var calls: [Call] = []
        var underWay: [OutboxLane: Int] = [:]
        var most = 0
    }

    private let state = Mutex(State())
    private let answer: @Sendable (OutboxEntry) -> SendOutcome

    init(_ answer: @escaping @Sendable (OutboxEntry) -> SendOutcome) { self.answer = answer }

    func send(_ entry: OutboxEntry) async -> SendOutcome {
        state.withLock { state in
            state.underWay[entry.lane, default: 0] += 1
            state.most = max(state.most, state.underWay[entry.lane] ?? 0)
        }
        await Task.yield()
        return state.withLock { state in
            state.underWay[entry.lane, default: 1] -= 1
            let outcome = answer(entry)
            state.calls.append(Call(entry: entry, outcome: outcome))
            return outcome
        }
    }

    var mostAtOnceOfALane: Int { state.withLock { $0.most } }

    func sent(to room: RoomID) -> [String] { names(of: room) { _ in true } }

    func accepted(by room: RoomID) -> [String] {
        names(of: room) { if case .accepted = $0 { true } else { false } }
    }

    private func names(of room: RoomID, _ isWanted: (SendOutcome) -> Bool) -> [String] {
        state.withLock { $0.calls.filter { $0.entry.room == room && isWanted($0.outcome) } }
            .map { "\($0.entry.seq)/\($0.entry.part)" }
    }
}

/// Takes as long as the test wants.
private final class SlowPhone: OutboundChannel {
    let began = Mutex(0)
    private let gate: AsyncStream<Void>
    let letGo: AsyncStream<Void>.Continuation

    private let outcome: SendOutcome

    init(_ outcome: SendOutcome = .accepted("wamid")) {
        self.outcome = outcome
        (gate, letGo) = AsyncStream.makeStream()
    }

    func send(_ entry: OutboxEntry) async -> SendOutcome {
        began.withLock { $0 += 1 }
        for await _ in gate {}
        return outcome
    }
}

/// Keeps what rooms were told.
private final class Told: OutboxReporter {
    private let reports = Mutex<[(room: RoomID, seq: SequenceNumber, status: MessageStatus)]>([])

    func tell(_ progress: MessageProgress, of message: SequenceNumber, in room: RoomID) async throws {
        reports.withLock { $0.append((room, message, progress.status)) }
    }

    /// Without repetitions.
    func states(of room: RoomID, _ seq: SequenceNumber) -> [MessageStatus] {
        reports.withLock { $0 }.filter { $0.room == room && $0.seq == seq }.map(\.status)
            .reduce(into: []) { if $0.last != $1 { $0.append($1) } }
    }
}
