import Domain
import Testing

@testable import Storage

@Suite struct AlertStoreTests {
    private let policy = AlertPolicy()
    private let key = AlertKey(.integrationHealth, "sms")
    private let bad = AlertReading(.bad, StatusMessage(ar: "سيئ", en: "it is bad"))

    private func firing(_ key: AlertKey, _ fixture: StoreFixture) throws -> AlertIncident {
        var policy = policy
        policy.hold = .zero
        return try #require(
            AlertIncident(key, bad, id: .make(at: fixture.clock.now), at: fixture.clock.now, policy))
    }

    private func tell(
        _ stores: StoreSet,
        _ fixture: StoreFixture,
        isQuiet: Bool = false,
        hasSlack: Bool = true,
        to recipients: [EmailAddress] = []
    ) async throws -> PostedAlert? {
        let moment = fixture.clock.now
        return try await stores.alerts.tell(
            AlertOutlets(hasSlack: hasSlack, mailbox: recipients.first, recipients: recipients), at: moment
        ) {
            AlertBulletin($0, at: moment, isQuiet: isQuiet, urgent: [])
        }
    }

    @Test(arguments: Engine.allCases)
    func ofHubsThatSeeTheSameOneStoresIt(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let incidents = try (0..<4).map { _ in try firing(key, fixture) }
            let stored = try await withThrowingTaskGroup(of: Bool.self) { group in
                for incident in incidents { group.addTask { try await stores.alerts.change(nil, to: incident) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(stored.filter(\.self).count == 1)
            let open = try await stores.alerts.open()
            let kept = try #require(open.first)
            #expect(open.count == 1 && kept.version == 1 && incidents.map(\.id).contains(kept.id))
            var over = kept
            #expect(over.take(.gone, at: fixture.clock.now, policy) == .changed)
            #expect(try await stores.alerts.change(kept, to: over))
            #expect(try await !stores.alerts.change(kept, to: over), "somebody was first")
            #expect(try await !stores.alerts.change(kept, to: nil))
            #expect(try await stores.alerts.open() == [])
            #expect(try await stores.alerts.change(nil, to: firing(key, fixture)), "the next one of the same")
        }
    }

    @Test(arguments: Engine.allCases)
    func whatWasNothingLeavesNothing(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let new = try #require(
                AlertIncident(key, bad, id: .make(at: fixture.clock.now), at: fixture.clock.now, policy))
            #expect(try await stores.alerts.change(nil, to: new))
            #expect(try await tell(stores, fixture) == nil)
            #expect(try await stores.alerts.change(stores.alerts.open().first, to: nil))
            let list = ListRequest(filter: AlertFilter(), order: AlertSort.usual, limit: 10)
            #expect(try await stores.alerts.incidents(list).items == [])
        }
    }

    @Test(arguments: Engine.allCases)
    func hubsThatTellAtOnceTellOnce(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            #expect(try await stores.alerts.change(nil, to: firing(key, fixture)))
            #expect(try await tell(stores, fixture, isQuiet: true) == nil)
            let told = try await withThrowingTaskGroup(of: PostedAlert?.self) { group in
                for _ in 0..<4 { group.addTask { try await tell(stores, fixture) } }
                return try await group.reduce(into: []) { $0.append($1) }.compactMap(\.self)
            }
            #expect(told.count == 1 && told.first?.seq == 1)
            #expect(try await stores.outbox.counts() == [.queued: 1])
            let taken = try await stores.outbox.claim(
                limit: 9, without: [], at: fixture.clock.now, OutboxLimits())
            #expect(taken.map(\.content) == [.slack(SlackPost(try #require(told.first).bulletin.text))])
            let room = try #require(try await stores.rooms.room(.alerts))
            #expect(room.kind == .channel && room.head == 1)

            let open = try #require(try await stores.alerts.open().first)
            #expect(open.toldFiringAt == fixture.clock.now && open.version == 2)
            fixture.clock.advance(.seconds(60))
            var over = open
            _ = over.take(.gone, at: fixture.clock.now, policy)
            #expect(try await stores.alerts.change(open, to: over))
            let readers = ["a@shop.example", "b@shop.example"].compactMap(EmailAddress.init)
            #expect(try await tell(stores, fixture, hasSlack: false, to: readers)?.seq == 2)
            #expect(try await tell(stores, fixture) == nil)
            let mails = try await stores.outbox.claim(
                limit: 9, without: [], at: fixture.clock.now, OutboxLimits())
            #expect(Set(mails.map(\.lane.recipient)) == Set(readers.map(\.text)))
            #expect(mails.allSatisfy { $0.content == .mail(MailOrder(.message(2), of: .alerts, in: .arabic)) })
            let list = ListRequest(filter: AlertFilter(), order: AlertSort.usual, limit: 10)
            let past = try await stores.alerts.incidents(list).items
            #expect(past.map(\.state) == [.recovered] && past.first?.toldRecoveryAt == fixture.clock.now)
            var filter = AlertFilter()
            filter.rule = .freeDisk
            let none = ListRequest(filter: filter, order: AlertSort.usual, limit: 10)
            #expect(try await stores.alerts.incidents(none).items == [])
            fixture.clock.advance(.seconds(60))
            #expect(try await stores.alerts.tidy(before: fixture.clock.now, limit: 10) == 1)
        }
    }

    @Test(arguments: Engine.allCases)
    func aCheckIsTakenUpByOneHubEachTime(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            for round in 0..<3 {
                let now = fixture.clock.now
                let claims = try await withThrowingTaskGroup(of: Bool.self) { group in
                    for _ in 0..<4 {
                        group.addTask {
                            try await stores.alerts.claimCheck("integration:sms", at: now, every: .seconds(60))
                        }
                    }
                    return try await group.reduce(into: []) { $0.append($1) }
                }
                #expect(claims.filter(\.self).count == (round == 0 ? 0 : 1), "the first one only starts the clock")
                fixture.clock.advance(.seconds(60))
            }
        }
    }

    @Test(arguments: Engine.allCases)
    func queuesAndSendsAreCounted(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let (begin, limits) = (fixture.clock.now, OutboxLimits())
            let entries = (0..<5).map { number in
                OutboxEntry(
                    id: .make(at: begin), lane: .sms(to: "+96650000000\(number)"), order: 1,
                    content: .slack(SlackPost("x")),
                    at: begin)
            }
            try await stores.outbox.add(entries)
            #expect(try await stores.traffic.waiting() == [.sms: QueueLoad(waiting: 5, oldest: begin)])
            let taken = try await stores.outbox.claim(limit: 4, without: [], at: begin, limits)
            let problem = OutboxProblem(StatusMessage(ar: "عطل", en: "fault"))
            let nobody = OutboxProblem(StatusMessage(ar: "لا أحد", en: "nobody"), isOfRecipient: true)
            let outcomes: [SendOutcome] = [
                .accepted("one"), .refused(SendRefusal(.config, problem)), .refused(SendRefusal(.permanent, problem)),
                .refused(SendRefusal(.permanent, nobody)),
            ]
            for (entry, outcome) in zip(taken, outcomes) {
                try await stores.outbox.change(entry.id) {
                    $0.end(take: 1, outcome, chance: 0, at: begin, limits)
                }
            }
            let sends = try await stores.traffic.sends(since: begin)
            #expect(
                sends == [.sms: ChannelSends(sent: 1, failed: 1)], "a number of nobody's is no fault of the service")
            try await stores.outbox.change(taken[0].id) { _ = $0.hear(.failed, id: "one", problem: nobody) }
            #expect(try await stores.traffic.sends(since: begin) == [.sms: ChannelSends(failed: 1)])
            let back = try #require(try await stores.outbox.entry(taken[0].id))
            #expect(back.delivery.problem == nobody)
            #expect(try await stores.traffic.sends(since: begin + .seconds(1)) == [:])
        }
    }

    @Test(arguments: Engine.allCases)
    func webhooksAreCountedBySender(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let (traffic, begin) = (stores.traffic, fixture.clock.now)
            #expect(try await traffic.speech(.zid, since: begin, most: 9) == WebhookSpeech(last: nil, spoken: 0))
            for (number, provider) in [WebhookEvent.Provider.zid, .zid, .zid, .twilio].enumerated() {
                _ = try await stores.webhooks.add(
                    provider, body: [UInt8(number)], at: begin + .seconds(Int64(number)))
            }
            let last = begin + .seconds(2)
            #expect(try await traffic.unread(.zid) == QueueLoad(waiting: 3, oldest: begin))
            #expect(try await traffic.unread(.sendgrid) == QueueLoad())
            #expect(try await traffic.speech(.zid, since: begin, most: 2) == WebhookSpeech(last: last, spoken: 2))
            #expect(try await traffic.speech(.zid, since: last, most: 9) == WebhookSpeech(last: last, spoken: 1))
        }
    }
}
