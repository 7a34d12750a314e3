import Domain
import HubTestKit
import Integrations
import Logging
import Storage
import Synchronization
import Testing

@testable import Actors

@Suite struct CaseKeeperTests {
    /// Time as the keepers see it.
    private final class Clock: Sendable {
        private let moment = Mutex(Timestamp.present)

        var now: Timestamp { moment.withLock { $0 } }

        func pass(_ duration: Duration) { moment.withLock { $0 = $0 + duration } }
    }

    private static let beginning = Timestamp(milliseconds: 0)

    private static func keeper(_ hub: TestHub, _ clock: Clock, _ limits: CaseLimits = CaseLimits()) -> CaseKeeper {
        let hours = HoursBook(
            settings: hub.stores.settings, teams: hub.stores.teams, zones: SystemTimeZones())
        return CaseKeeper(
            cases: hub.stores.cases,
            rooms: hub.stores.rooms,
            gateway: hub.directory,
            inbox: hub.inbox,
            clerk: CaseClerk(conversations: hub.stores.conversations, hours: hours),
            limits: limits,
            now: { clock.now },
            logger: Logger(label: "cases") { _ in SwiftLogNoOpLogHandler() }
        )
    }

    private static func set(_ setting: ShopSetting, _ value: JSONValue, _ hub: TestHub) async throws {
        _ = try await hub.stores.settings.set(
            setting, to: value, expected: nil, Writing(by: .system, at: .present))
    }

    private static func say(_ author: Participant, in room: RoomID, _ hub: TestHub) async throws {
        let draft = Draft(author: author, mid: .fresh(), content: .message(.text("…"), replyTo: nil))
        _ = try await hub.directory.append(draft, to: room)
    }

    private static func visitor(_ hub: TestHub) async throws -> (participant: Participant, room: RoomID, side: RoomID) {
        let room = try await hub.newVisitor().room
        let summary = try #require(try await hub.stores.conversations.summaries(of: [room]).first)
        return (summary.contact.participant, room, summary.conversation.side)
    }

    private static func contents(of room: RoomID, _ hub: TestHub) async throws -> [EventContent] {
        try await hub.stores.rooms.events(of: room, after: .zero, limit: 100).map(\.content)
    }

    @Test func twoHubsTellAPromiseOnce() async throws {
        try await ActorsFixture.with { fixture in
            let (one, two) = (try await fixture.hub(), try await fixture.hub())
            try await Self.set(.week, OpeningWeek.always, one)
            let clock = Clock()
            let keepers = [Self.keeper(one, clock), Self.keeper(two, clock)]
            let visitor = try await Self.visitor(one)
            try await Self.say(visitor.participant, in: visitor.room, one)
            func look() async throws {
                try await withThrowingTaskGroup { group in
                    for keeper in keepers { group.addTask { try await keeper.look(since: Self.beginning) } }
                    try await group.waitForAll()
                }
            }
            try await look()
            let summary = try #require(try await one.stores.conversations.summaries(of: [visitor.room]).first)
            #expect(summary.clocks.map(\.kind) == [.firstResponse, .resolution])
            #expect(try await Self.contents(of: visitor.side, one) == [])
            clock.pass(.seconds(13 * 60))
            try await look()
            clock.pass(.seconds(60 * 60))
            // A hub that knows nothing of what was told, as after kill -9.
            try await Self.keeper(two, clock).look(since: Self.beginning)
            try await look()
            let told = try await Self.contents(of: visitor.side, one)
            let stages = told.compactMap { content -> ClockStage? in
                if case .clock(.firstResponse, let stage, _) = content { stage } else { nil }
            }
            #expect(stages == [.warned, .breached] && told.count == 2)
            let late = try await two.stores.conversations.inbox(InboxQuery(clock: .breached, limit: 5))
            #expect(late.map(\.room.id) == [visitor.room])

            try await Self.say(Samples.agent, in: visitor.room, one)
            try await look()
            #expect(try await two.stores.conversations.inbox(InboxQuery(clock: .breached, limit: 5)).isEmpty)
        }
    }

    @Test func theShopIsClosedAndSaysSoOnce() async throws {
        try await ActorsFixture.withHub { hub in
            let clock = Clock()
            let keeper = Self.keeper(hub, clock)
            let visitor = try await Self.visitor(hub)
            let closed = JSONValue.object(
                Dictionary(uniqueKeysWithValues: OpeningWeek.Day.allCases.map { ($0.rawValue, .array([])) }))
            try await Self.set(.week, closed, hub)
            try await Self.set(.awayAr, "نعود غدًا", hub)
            for _ in 0..<3 {
                try await Self.say(visitor.participant, in: visitor.room, hub)
                try await keeper.look(since: Self.beginning)
            }
            let away = EventContent.message(.text("نعود غدًا"), replyTo: nil)
            #expect(try await Self.contents(of: visitor.room, hub).filter { $0 == away }.count == 1)
        }
    }

    @Test func hoursThatNobodySetTellNobody() async throws {
        try await ActorsFixture.withHub { hub in
            let keeper = Self.keeper(hub, Clock())
            let visitor = try await Self.visitor(hub)
            try await Self.say(visitor.participant, in: visitor.room, hub)
            try await keeper.look(since: Self.beginning)
            #expect(try await Self.contents(of: visitor.room, hub).count == 1)
        }
    }

    @Test func anAgentsConversationKeepsTheHoursOfTheirTeam() async throws {
        try await ActorsFixture.withHub { hub in
            let keeper = Self.keeper(hub, Clock())
            try await Self.set(.week, OpeningWeek.always, hub)
            var night = Team(id: .make(at: .present), at: .present)
            night.nameAr = "الليل"
            let closed = JSONValue.object(
                Dictionary(uniqueKeysWithValues: OpeningWeek.Day.allCases.map { ($0.rawValue, .array([])) }))
            night.hours = try TeamHours(
                json: .object(["time_zone": "Asia/Riyadh", "week": closed]), at: "", isTimeZone: { _ in true })
            _ = try await hub.stores.teams.add(night, Writing(by: .system, at: .present))
            let visitor = try await Self.visitor(hub)
            let agent = try #require(UserID(Samples.agent.id))
            for assignee in [Assignee(.team(night.id), name: "الليل"), Assignee(.user(agent), name: "عمر")] {
                let content = EventContent.assignment(to: assignee, epoch: 0)
                let draft = Draft(author: Samples.agent, mid: .fresh(), content: content)
                _ = try await hub.directory.append(draft, to: visitor.room)
            }
            try await Self.say(visitor.participant, in: visitor.room, hub)
            try await keeper.look(since: Self.beginning)
            let messages = try await Self.contents(of: visitor.room, hub).filter { $0.kind == .message }
            #expect(messages.count == 2, "the team is closed, and the customer is told")
            let summary = try #require(try await hub.stores.conversations.summaries(of: [visitor.room]).first)
            #expect(summary.clocks.map(\.due) == [nil, nil], "a closed team is not late")
        }
    }

    @Test func aNewCaseBeginsWhenTheShopSaysSo() async throws {
        try await ActorsFixture.withHub { hub in
            let keeper = Self.keeper(hub, Clock())
            let visitor = try await Self.visitor(hub)
            // Every message after a resolution begins a case, even in the same second.
            try await Self.set(.routingReopensHours, .integer(0), hub)
            for _ in 0..<2 {
                try await Self.say(visitor.participant, in: visitor.room, hub)
                try await Self.say(Samples.agent, in: visitor.room, hub)
                let draft = Draft(author: Samples.agent, mid: .fresh(), content: .state(.resolved, until: nil))
                _ = try await hub.directory.append(draft, to: visitor.room)
                try await keeper.look(since: Self.beginning)
            }
            #expect(try await Self.contents(of: visitor.room, hub).filter { $0 == .survey }.count == 2)
        }
    }

    @Test func aLongConversationIsReadToItsEnd() async throws {
        try await ActorsFixture.withHub { hub in
            var limits = CaseLimits()
            (limits.eventsAtOnce, limits.eventsPerPage) = (3, 2)
            let keeper = Self.keeper(hub, Clock(), limits)
            let visitor = try await Self.visitor(hub)
            for _ in 0..<9 { try await Self.say(visitor.participant, in: visitor.room, hub) }
            try await keeper.look(since: Self.beginning)
            let behind = try await hub.stores.cases.behind(since: Self.beginning, limit: 1, events: 1)
            #expect(behind.isEmpty)
        }
    }

    @Test(arguments: [(0, 1_000), (50, 1_000), (400, 3_600), (2_000, 10_000)])
    func busyConversationsLeaveTheMachineToTheMessages(_ look: Int, _ pause: Int) {
        #expect(CaseLimits().pause(after: .milliseconds(look)) == .milliseconds(pause))
    }

    @Test func whoWasHelpedIsAskedOnce() async throws {
        try await ActorsFixture.withHub { hub in
            let keeper = Self.keeper(hub, Clock())
            let visitor = try await Self.visitor(hub)
            func resolve() async throws {
                let draft = Draft(author: Samples.agent, mid: .fresh(), content: .state(.resolved, until: nil))
                _ = try await hub.directory.append(draft, to: visitor.room)
                try await keeper.look(since: Self.beginning)
            }
            try await Self.say(visitor.participant, in: visitor.room, hub)
            try await Self.say(Samples.agent, in: visitor.room, hub)
            try await resolve()
            try await Self.say(visitor.participant, in: visitor.room, hub)
            try await Self.say(Samples.agent, in: visitor.room, hub)
            try await resolve()
            #expect(try await Self.contents(of: visitor.room, hub).filter { $0 == .survey }.count == 1)
        }
    }

    // MARK: On WhatsApp

    /// Somebody on WhatsApp who wrote at a moment, was answered, and whose conversation was resolved.
    private static func helped(_ hub: TestHub, writingAt moment: Timestamp) async throws -> WhatsAppIdentity {
        let person = try #require(WhatsAppPerson(userID: "SA.1", phone: "966501234567"))
        let identity = try await hub.stores.whatsApp.identity(
            of: person, at: "1", sentAt: moment, telling: nil, NewWhatsAppIdentity(at: .present),
            Writing(by: .system, at: .present))
        let question = Draft(
            author: identity.participant, mid: .fresh(), content: .message(.text("…"), replyTo: nil),
            origin: MessageOrigin(id: "wamid.1", sentAt: moment))
        _ = try await hub.directory.append(question, to: identity.room)
        let answer = Draft(
            author: Participant(kind: .staff, id: "whatsapp-app", name: "WhatsApp"), mid: .fresh(),
            content: .message(.text("…"), replyTo: nil))
        if ServiceWindow(lastInboundAt: moment).state(at: .present) != .closed {
            try await Self.say(Samples.agent, in: identity.room, hub)
        } else {
            _ = try await hub.directory.append(answer, to: identity.room)
        }
        let resolved = Draft(author: Samples.agent, mid: .fresh(), content: .state(.resolved, until: nil))
        _ = try await hub.directory.append(resolved, to: identity.room)
        return identity
    }

    private static func questions(in contents: [EventContent]) -> [MessageCard] {
        contents.compactMap { content in
            guard case .message(.card(let card), _) = content, card.kind == .interactive else { return nil }
            return card
        }
    }

    @Test func whoWasHelpedOnWhatsAppIsAskedByAList() async throws {
        try await ActorsFixture.with { fixture in
            let (one, two) = (try await fixture.hub(), try await fixture.hub())
            let identity = try await Self.helped(one, writingAt: .present)
            let clock = Clock()
            // Two hubs look at once, and again.
            for _ in 0..<2 {
                async let first: Void = Self.keeper(one, clock).look(since: Self.beginning)
                async let second: Void = Self.keeper(two, clock).look(since: Self.beginning)
                _ = try await (first, second)
            }
            let contents = try await Self.contents(of: identity.room, one)
            let seq = try #require(contents.firstIndex(of: .survey)).advanced(by: 1)
            let question = SurveyQuestion(room: identity.room, survey: SequenceNumber(Int64(seq)))
            #expect(contents.filter { $0 == .survey }.count == 1)
            #expect(Self.questions(in: contents) == [question.card(in: .arabic)])
            let room = try #require(try await one.stores.rooms.room(identity.room)?.conversation)
            #expect(room.state == .resolved && room.waitingSince == nil)
        }
    }

    @Test func nobodyIsAskedWhenTheWindowIsClosed() async throws {
        try await ActorsFixture.withHub { hub in
            let identity = try await Self.helped(hub, writingAt: .present - .seconds(90_000))
            let keeper = Self.keeper(hub, Clock())
            for _ in 0..<2 { try await keeper.look(since: Self.beginning) }
            let contents = try await Self.contents(of: identity.room, hub)
            #expect(contents.contains(.state(.resolved, until: nil)))
            #expect(!contents.contains(.survey) && Self.questions(in: contents).isEmpty)
        }
    }
}
