import Domain
import Testing

@testable import Storage

@Suite struct ConcurrentAppendTests {
    /// Two hubs, 64 writers, every write sent twice: numbers stay dense and every mid is there exactly once.
    @Test(arguments: Engine.allCases)
    func twoHubsAppendToTheSameRooms(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { first, fixture in
            let second = try await fixture.open()
            let visitor = try await first.makeVisitor(fixture)
            let side = try #require(try await first.rooms.room(visitor.room)?.conversation?.side)
            let channel = try await first.makeRoom(.channel, fixture)
            let rooms = [visitor.room, side, channel.id]
            let writes = 8
            try await withThrowingTaskGroup(of: Void.self) { group in
                for writer in 0..<64 {
                    group.addTask {
                        let stores = writer.isMultiple(of: 2) ? first : second
                        let other = writer.isMultiple(of: 2) ? second : first
                        for write in 0..<writes {
                            let draft = Samples.text("\(writer)-\(write)", by: Samples.sara, mid: "w\(writer)-\(write)")
                            let order = write.isMultiple(of: 2) ? rooms : rooms.reversed()
                            let requests = order.map { AppendRequest(room: $0, drafts: [draft]) }
                            let made = try await stores.appendPatiently(requests)
                            let again = try await other.appendPatiently(requests)
                            for (one, two) in zip(made, again) {
                                guard case .appended(let seq, let at) = one.outcomes[0] else {
                                    throw NeverHappened(what: "appended")
                                }
                                #expect(two.outcomes == [.duplicate(seq, at: at)])
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
            for room in rooms {
                let log = try await second.log(of: room)
                #expect(log.map(\.seq.value) == Array(1...Int64(64 * writes)))
                #expect(Set(log.map(\.mid)).count == 64 * writes)
                #expect(try await second.rooms.room(room)?.head.value == Int64(64 * writes))
            }
        }
    }

    /// Reading lowers the count of unread messages while appends raise it: none is forgotten.
    @Test(arguments: Engine.allCases)
    func readingAndAppendingDoNotLoseCounts(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { first, fixture in
            let second = try await fixture.open()
            let visitor = try await first.makeVisitor(fixture)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    for write in 1...40 {
                        let draft = Samples.text("\(write)", by: visitor.participant, mid: "w\(write)")
                        _ = try await first.append(visitor.room, draft)
                    }
                }
                group.addTask {
                    for seq in 1...20 {
                        _ = try await second.rooms.markRead(
                            visitor.room, by: Samples.sara, upTo: SequenceNumber(Int64(seq)))
                    }
                }
                try await group.waitForAll()
            }
            let marker = try await second.rooms.readState(of: visitor.room, for: Samples.sara).marker
            _ = try await second.rooms.markRead(visitor.room, by: Samples.sara, upTo: marker)
            let unread = try await first.rooms.room(visitor.room)?.conversation?.unread
            #expect(unread == 40 - marker.value)
        }
    }
}

extension StoreSet {
    /// 64 writers are more than a pool of three lets in at once, so `busy` means: the same again.
    fileprivate func appendPatiently(_ requests: [AppendRequest]) async throws -> [AppendResult] {
        while true {
            do {
                return try await rooms.append(requests)
            } catch let error as HubError where error.code == .busy {
                continue
            }
        }
    }
}
