import Domain
import Testing

@testable import Storage

@Suite struct HistoryTests {
    /// Every page of a mixed log, against what the definition says about the whole log.
    @Test(arguments: Engine.allCases)
    func everyPageIsWhatTheLogSays(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let visitor = try await stores.makeVisitor(fixture)
            try await Self.fill(visitor, stores)
            let log = try await stores.log(of: visitor.room)
            let head = try #require(log.last?.seq)
            for limit in [1, 2, 3, 7, 200] {
                var positions: [HistoryPage.Position] = [.newest]
                for seq in 0...(head.value + 2) {
                    positions += [.before(SequenceNumber(seq)), .after(SequenceNumber(seq))]
                }
                for position in positions {
                    let page = HistoryPage(position: position, limit: limit)
                    let slice = try await stores.rooms.history(of: visitor.room, page)
                    #expect(slice == Self.expected(log, page), "\(position) limit \(limit)")
                }
            }
        }
    }

    /// Pages put together have every message once, and every notice once.
    @Test(arguments: Engine.allCases)
    func pagesBackwardsAndForwardsCoverTheLog(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let visitor = try await stores.makeVisitor(fixture)
            try await Self.fill(visitor, stores)
            let log = try await stores.log(of: visitor.room)
            let messages = log.filter { $0.content.kind == .message }
            let notices = log.filter(\.isNotice)
            var backwards: [HistorySlice] = [
                try await stores.rooms.history(of: visitor.room, HistoryPage(position: .newest, limit: 3))
            ]
            while let slice = backwards.last, slice.hasMore, let first = slice.messages.first {
                backwards.append(
                    try await stores.rooms.history(
                        of: visitor.room, HistoryPage(position: .before(first.seq), limit: 3))
                )
            }
            #expect(backwards.reversed().flatMap(\.messages) == messages)
            #expect(backwards.reversed().flatMap(\.notices) == notices)
            var forwards: [HistorySlice] = [
                try await stores.rooms.history(of: visitor.room, HistoryPage(position: .after(0), limit: 4))
            ]
            while let slice = forwards.last, slice.hasMore, let last = slice.messages.last {
                forwards.append(
                    try await stores.rooms.history(of: visitor.room, HistoryPage(position: .after(last.seq), limit: 4))
                )
            }
            #expect(forwards.flatMap(\.messages) == messages)
            #expect(forwards.flatMap(\.notices) == notices)
        }
    }

    @Test(arguments: Engine.allCases)
    func roomsWithoutMessagesShowTheirNotices(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let visitor = try await stores.makeVisitor(fixture)
            let newest = HistoryPage(position: .newest, limit: 5)
            let empty = try await stores.rooms.history(of: visitor.room, newest)
            #expect(empty == HistorySlice(messages: [], changes: [], notices: [], head: 0, hasMore: false))
            try await stores.append(
                visitor.room, Samples.draft(.state(.pending, until: nil), by: Samples.sara, mid: "1"))
            let slice = try await stores.rooms.history(of: visitor.room, newest)
            #expect(slice.notices.map(\.seq) == [1])
            let nowhere = RoomID.make(at: fixture.clock.now)
            #expect(try await code { _ = try await stores.rooms.history(of: nowhere, newest) } == .notFound)
        }
    }

    /// Messages with edits, deletions and reactions between them, and notices at the start, in between and at the end.
    private static func fill(_ visitor: Visitor, _ stores: StoreSet) async throws {
        let me = visitor.participant
        let sara = Samples.sara
        var drafts: [Draft] = []
        func add(_ content: EventContent, _ author: Participant) {
            drafts.append(Samples.draft(content, by: author, mid: "m\(drafts.count)"))
        }
        add(.state(.open, until: nil), sara)
        add(.assignment(to: nil, epoch: 0), sara)
        for number in 0..<9 {
            let seq = SequenceNumber(Int64(drafts.count + 1))
            add(.message(.text("رسالة \(number)"), replyTo: nil), number.isMultiple(of: 2) ? me : sara)
            if number % 3 == 0 {
                add(.edit(target: seq, body: .text("بعد \(number)")), number.isMultiple(of: 2) ? me : sara)
            }
            if number % 4 == 1 { add(.state(.open, until: nil), sara) }
            if number > 2 { add(.reaction(target: 3, emoji: "❤️", on: number.isMultiple(of: 2)), sara) }
            if number == 5 { add(.deletion(target: seq), sara) }
        }
        add(.assignment(to: nil, epoch: 0), sara)
        let result = try await stores.rooms.append([AppendRequest(room: visitor.room, drafts: drafts)])[0]
        #expect(result.outcomes.allSatisfy { $0.code == nil })
    }

    private static func expected(_ log: [RoomEvent], _ page: HistoryPage) -> HistorySlice {
        let messages = log.filter { $0.content.kind == .message }
        let head = log.last?.seq ?? 0
        let wanted: [RoomEvent]
        let kept: [RoomEvent]
        switch page.position {
        case .newest:
            wanted = messages
            kept = Array(wanted.suffix(page.limit))
        case .before(let seq):
            wanted = messages.filter { $0.seq < seq }
            kept = Array(wanted.suffix(page.limit))
        case .after(let seq):
            wanted = messages.filter { $0.seq > seq }
            kept = Array(wanted.prefix(page.limit))
        }
        let previous: SequenceNumber
        let last: SequenceNumber
        if let first = kept.first, let final = kept.last {
            previous = messages.last { $0.seq < first.seq }?.seq ?? 0
            last = messages.contains { $0.seq > final.seq } ? final.seq : head
        } else if case .after(let seq) = page.position {
            previous = messages.last { $0.seq <= seq }?.seq ?? 0
            last = head
        } else {
            previous = 0
            last = messages.isEmpty ? head : 0
        }
        let targets = Set(kept.map(\.seq))
        return HistorySlice(
            messages: kept,
            changes: log.filter { event in event.content.target.map(targets.contains) ?? false },
            notices: log.filter { $0.isNotice && $0.seq > previous && $0.seq <= last },
            head: head,
            hasMore: wanted.count > kept.count
        )
    }
}

extension RoomEvent {
    fileprivate var isNotice: Bool { content.kind != .message && content.target == nil }
}
