import Domain
import Testing

@testable import Storage

@Suite struct AppendTests {
    @Test(arguments: Engine.allCases)
    func numbersAreDenseAndAnEventReadsBackAsItWasWritten(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let visitor = try await stores.makeVisitor(fixture)
            let room = visitor.room
            let me = visitor.participant
            let team = try #require(TeamID("t_" + UserID.make(at: fixture.clock.now).text.dropFirst(2)))
            let file = FileReference(
                attachment: .unguessable(), name: "صورة \"1\".png", type: "image/png", size: 12, url: "/api/v1/x",
                width: 3, height: 4, caption: "كما طلبت"
            )
            let params = JSONValue.object(["a": .array([.integer(1), .string("ب")])])
            let contents: [(EventContent, Participant)] = [
                (.message(.text("مرحبا 👋🏽"), replyTo: nil), me),
                (.message(.file(file), replyTo: 1), me),
                (.message(.template(name: "welcome", language: "ar", params: params), replyTo: nil), Samples.sara),
                (.edit(target: 1, body: .text("مرحبا بكم")), me),
                (.reaction(target: 1, emoji: "👍🏽", on: true), Samples.sara),
                (.reaction(target: 1, emoji: "👍🏽", on: false), Samples.sara),
                (.deletion(target: 2), me),
                (.assignment(to: Assignee(.team(team), name: "المبيعات"), epoch: 0), Samples.sara),
                (.assignment(to: nil, epoch: 0), Samples.sara),
                (.state(.snoozed, until: Timestamp(milliseconds: 1_800_000_000_123)), Samples.sara),
                (.state(.open, until: nil), Samples.sara),
            ]
            for (index, (content, author)) in contents.enumerated() {
                fixture.clock.advance()
                let draft = Samples.draft(content, by: author, mid: "m:\(index)")
                let result = try await stores.append(room, draft)
                #expect(result.outcomes == [.appended(SequenceNumber(Int64(index + 1)), at: fixture.clock.now)])
                #expect(result.changedAt == fixture.clock.now)
                #expect(try await stores.rooms.room(room) == result.room)
                #expect(
                    try await stores.rooms.events(of: room, after: SequenceNumber(Int64(index)), limit: 9)
                        == result.events)
            }
            let log = try await stores.log(of: room)
            #expect(log.map(\.seq.value) == Array(1...Int64(contents.count)))
            #expect(try await stores.rooms.events(of: room, after: 2, limit: 3).map(\.seq) == [3, 4, 5])
        }
    }

    @Test(arguments: Engine.allCases)
    func anAnswerMeetsWhatTheCustomerWroteMeanwhile(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let visitor = try await stores.makeVisitor(fixture)
            let me = visitor.participant
            func answer(_ seen: Int64, _ mid: String) async throws -> AppendResult {
                let draft = Samples.draft(
                    .message(.text("نعم"), replyTo: nil), by: Samples.sara, mid: mid,
                    basis: WriteBasis(seen: SequenceNumber(seen)))
                return try await stores.append(visitor.room, draft)
            }
            for number in 1...60 {
                _ = try await stores.append(visitor.room, Samples.text("\(number)", by: me, mid: "m\(number)"))
            }
            _ = try await stores.append(visitor.room, Samples.draft(.deletion(target: 60), by: me, mid: "gone"))
            #expect(try await answer(59, "a").outcomes == [.appended(62, at: fixture.clock.now)])
            guard case .rejected(let error) = try await answer(57, "b").outcomes[0] else {
                Issue.record("an outdated answer was taken")
                return
            }
            #expect(error.code == .conflict && error.missed.map(\.seq) == [58, 59])
            guard case .rejected(let first) = try await answer(0, "b").outcomes[0] else { return }
            #expect(first.missed.map(\.seq.value) == Array(1...50))
            // What was committed stays so, whatever came since.
            _ = try await stores.append(visitor.room, Samples.text("و", by: me, mid: "later"))
            #expect(try await answer(59, "a").outcomes == [.duplicate(62, at: fixture.clock.now)])
        }
    }

    @Test(arguments: Engine.allCases)
    func aRetryIsTheSameWriteAndAnotherContentIsAConflict(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let visitor = try await stores.makeVisitor(fixture)
            let draft = Samples.text("واحد", by: visitor.participant, mid: "k1")
            let first = fixture.clock.now
            try await stores.append(visitor.room, draft)
            fixture.clock.advance(.seconds(5))
            let retry = try await stores.append(visitor.room, draft, draft)
            #expect(retry.outcomes == [.duplicate(1, at: first), .duplicate(1, at: first)])
            #expect(retry.events.isEmpty)
            #expect(retry.changedAt == first)
            let other = try await stores.append(
                visitor.room,
                Samples.text("اثنان", by: visitor.participant, mid: "k1"),
                Samples.text("اثنان", by: Samples.sara, mid: "k1"),
                Samples.text("ثلاثة", by: visitor.participant, mid: "k2"),
                Samples.text("ثلاثة", by: visitor.participant, mid: "k2")
            )
            guard case .rejected(let refusal) = other.outcomes[0] else { throw NeverHappened(what: "mid_conflict") }
            #expect(refusal.code == .midConflict)
            #expect(other.outcomes[1] == .appended(2, at: fixture.clock.now))
            #expect(other.outcomes[2] == .appended(3, at: fixture.clock.now))
            #expect(other.outcomes[3] == .duplicate(3, at: fixture.clock.now))
        }
    }

    @Test(arguments: Engine.allCases)
    func rejectedDraftsAndUnknownRoomsDisturbNobody(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let one = try await stores.makeVisitor(fixture)
            let two = try await stores.makeVisitor(fixture)
            let nowhere = RoomID.make(at: fixture.clock.now)
            let unstorable = Participant(kind: .visitor, id: one.id.text, name: "a\u{0}b")
            let results = try await stores.rooms.append([
                AppendRequest(
                    room: one.room,
                    drafts: [
                        Samples.draft(.edit(target: 7, body: .text("x")), by: one.participant, mid: "a"),
                        Samples.text("يبقى", by: one.participant, mid: "b"),
                        Samples.text("no", by: unstorable, mid: "c"),
                        Samples.draft(.deletion(target: 1), by: two.participant, mid: "d"),
                        Samples.draft(.edit(target: 1, body: .text("أبقى")), by: one.participant, mid: "e"),
                    ]
                ),
                AppendRequest(room: nowhere, drafts: [Samples.text("?", by: one.participant, mid: "a")]),
                AppendRequest(room: two.room, drafts: [Samples.text("و أنا", by: two.participant, mid: "a")]),
            ])
            #expect(results[0].outcomes.map(\.code) == [.notFound, nil, .badRequest, .forbidden, nil])
            #expect(results[1].outcomes.map(\.code) == [.notFound])
            #expect(results[1].room == nil)
            #expect(results[2].outcomes.map(\.code) == [nil])
            #expect(try await stores.log(of: one.room).map(\.mid.text) == ["b", "e"])
            #expect(try await stores.log(of: two.room).count == 1)
            #expect(try await stores.log(of: nowhere).isEmpty)
        }
    }

    @Test(arguments: Engine.allCases)
    func aRoomNamedTwiceIsRefusedBeforeAnythingIsWritten(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let visitor = try await stores.makeVisitor(fixture)
            let request = AppendRequest(room: visitor.room, drafts: [Samples.text("x", by: Samples.sara, mid: "a")])
            #expect(try await code { _ = try await stores.rooms.append([request, request]) } == .internal)
            #expect(try await stores.log(of: visitor.room).isEmpty)
            #expect(try await stores.rooms.append([]).isEmpty)
        }
    }

    @Test(arguments: Engine.allCases)
    func targetsOfEarlierCommitsAreKnownWithTheirAuthorAndDeletion(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let visitor = try await stores.makeVisitor(fixture)
            let me = visitor.participant
            try await stores.append(
                visitor.room, Samples.text("أول", by: me, mid: "1"), Samples.text("ثان", by: me, mid: "2"))
            let forbidden = Samples.draft(.edit(target: 1, body: .text("x")), by: Samples.sara, mid: "3")
            let deletion = Samples.draft(.deletion(target: 1), by: Samples.sara, mid: "4", isModerator: true)
            let late = Samples.draft(.edit(target: 1, body: .text("y")), by: me, mid: "5")
            #expect(try await stores.append(visitor.room, forbidden).outcomes.map(\.code) == [.forbidden])
            #expect(try await stores.append(visitor.room, deletion).outcomes.map(\.code) == [nil])
            #expect(try await stores.append(visitor.room, late).outcomes.map(\.code) == [.notFound])
            let reply = Samples.text("جواب", by: Samples.sara, mid: "6", replyTo: 2)
            let lost = Samples.text("جواب", by: Samples.sara, mid: "7", replyTo: 3)
            #expect(try await stores.append(visitor.room, reply, lost).outcomes.map(\.code) == [nil, .notFound])
        }
    }

    @Test(arguments: Engine.allCases)
    func aCustomersMessageReopensInTheSameCommit(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let visitor = try await stores.makeVisitor(fixture)
            try await stores.append(
                visitor.room, Samples.draft(.state(.resolved, until: nil), by: Samples.sara, mid: "1"))
            let result = try await stores.append(visitor.room, Samples.text("سؤال", by: visitor.participant, mid: "2"))
            #expect(
                result.events.map(\.content) == [
                    .message(.text("سؤال"), replyTo: nil), .state(.open, until: nil),
                ])
            #expect(result.room?.conversation?.state == .open)
            #expect(result.room?.conversation?.waitingSince == fixture.clock.now)
            #expect(result.room?.conversation?.unread == 1)
            #expect(try await stores.log(of: visitor.room).count == 3)
        }
    }

    @Test(arguments: Engine.allCases)
    func aSideRoomIsAnchoredAndMovesItsConversation(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let visitor = try await stores.makeVisitor(fixture)
            let room = try #require(try await stores.rooms.room(visitor.room))
            let side = try #require(room.conversation?.side)
            try await stores.append(visitor.room, Samples.text("1", by: visitor.participant, mid: "1"))
            fixture.clock.advance(.seconds(1))
            let note = try await stores.append(side, Samples.text("ملاحظة", by: Samples.sara, mid: "1"))
            #expect(note.events.map(\.anchor) == [1])
            let summary = try #require(try await stores.conversations.summaries(of: [visitor.room]).first)
            #expect(summary.sideHead == 1)
            #expect(summary.changedAt == fixture.clock.now)
            #expect(summary.room.head == 1)
            // Both in one commit: the anchor is the head after it, whichever was named first.
            let both = try await stores.rooms.append([
                AppendRequest(room: side, drafts: [Samples.text("أخرى", by: Samples.sara, mid: "2")]),
                AppendRequest(room: visitor.room, drafts: [Samples.text("2", by: Samples.sara, mid: "2")]),
            ])
            #expect(both[0].events.map(\.anchor) == [2])
            #expect(both[1].events.map(\.anchor) == [nil])
            #expect(try await stores.rooms.room(visitor.room)?.head == 2)
        }
    }

    @Test(arguments: Engine.allCases)
    func oneCommitTakesManyRoomsAndBigBatches(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            var rooms: [RoomID] = []
            for _ in 0..<60 { rooms.append(try await stores.makeRoom(.channel, fixture).id) }
            let requests = rooms.map { room in
                AppendRequest(
                    room: room, drafts: (1...20).map { Samples.text("رسالة \($0)", by: Samples.sara, mid: "m\($0)") })
            }
            let results = try await stores.rooms.append(requests)
            #expect(results.allSatisfy { $0.room?.head == 20 })
            #expect(Set(results.map { $0.events.first?.room }) == Set(rooms))
            let long = String(repeating: "ط", count: MessageBody.maxTextLength)
            let big = (1...1500).map {
                Samples.text("\($0) \($0 % 100 == 0 ? long : "قصير")", by: Samples.omar, mid: "b\($0)")
            }
            let first = try await stores.rooms.append([AppendRequest(room: rooms[0], drafts: big)])
            #expect(first[0].outcomes.count == 1500)
            #expect(try await stores.log(of: rooms[0]).map(\.seq.value) == Array(1...1520))
            #expect(try await stores.log(of: rooms[0]).suffix(1500).map(\.content) == big.map(\.content))
        }
    }

    @Test(arguments: Engine.allCases)
    func changesOfRoomsAreFoundByPolling(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let visitor = try await stores.makeVisitor(fixture)
            let channel = try await stores.makeRoom(.channel, fixture)
            fixture.clock.advance()
            let moment = fixture.clock.now
            #expect(try await stores.rooms.changes(since: moment, limit: 10).isEmpty)
            try await stores.append(channel.id, Samples.text("هنا", by: Samples.sara, mid: "1"))
            #expect(
                try await stores.rooms.changes(since: moment, limit: 10) == [
                    RoomChange(room: channel.id, kind: .channel, head: 1, changedAt: moment)
                ])
            fixture.clock.advance()
            try await stores.append(visitor.room, Samples.text("هناك", by: Samples.sara, mid: "1"))
            #expect(try await stores.rooms.changes(since: moment, limit: 10).map(\.room) == [channel.id, visitor.room])
            #expect(try await stores.rooms.changes(since: moment, limit: 1).map(\.room) == [channel.id])
            // A hub whose clock is behind cannot hide a change.
            fixture.clock.advance(.seconds(-60))
            try await stores.append(visitor.room, Samples.text("بعد", by: Samples.sara, mid: "2"))
            #expect(try await stores.rooms.changes(since: moment, limit: 10).map(\.head) == [1, 2])
        }
    }
}

extension AppendPlan.Outcome {
    /// Why it was rejected; nil when it was not.
    var code: HubError.Code? {
        switch self {
        case .appended, .duplicate: nil
        case .rejected(let error): error.code
        }
    }
}
