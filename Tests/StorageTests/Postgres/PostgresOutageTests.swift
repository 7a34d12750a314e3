import Domain
import Synchronization
import Testing

@testable import Storage

/// The server goes away under load and comes back.
@Suite struct PostgresOutageTests {
    /// Connections are ended by the server, again and again, while hubs append: whatever was acknowledged is
    /// there once, and the pools heal without anybody's help.
    ///
    /// Who writes goes on until a connection was ended under way.
    @Test func connectionsEndedUnderLoadLoseAndDoubleNothing() async throws {
        try await StoreFixture.withStores(.postgres) { stores, fixture in
            let second = try await fixture.open()
            let room = try await stores.makeRoom(.channel, fixture).id
            let writers = 4
            let refusals = Tally()
            let killer = Task { [name = fixture.databaseName] in
                while !Task.isCancelled {
                    try await StoreFixture.administer(
                        """
                        SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
                        WHERE datname = '\(name)' AND random() < 0.3
                        """
                    )
                }
            }
            let count = try await withThrowingTaskGroup(of: Int.self) { group in
                for writer in 0..<writers {
                    group.addTask {
                        var write = 0
                        while write < 40 || (write < 4000 && refusals.count == 0) {
                            let draft = Samples.text("\(write)", by: Samples.sara, mid: "w\(writer)-\(write)")
                            let refused = try await Self.appendUntilDone(
                                draft, to: room, writer % 2 == 0 ? stores : second)
                            refusals.add(refused)
                            write += 1
                        }
                        return write
                    }
                }
                return try await group.reduce(0, +)
            }
            killer.cancel()
            try await killer.value
            let log = try await Self.eventuallyRead { try await stores.log(of: room) }
            #expect(log.map(\.seq.value) == Array(1...Int64(count)))
            #expect(Set(log.map(\.mid)).count == count)
            #expect(refusals.count > 0, "no connection was ended under way: the test proves nothing")
        }
    }

    /// A connection that died while idle is replaced without anybody noticing.
    @Test func idleConnectionsThatDiedAreReplacedSilently() async throws {
        try await StoreFixture.withStores(.postgres) { stores, fixture in
            for _ in 0..<5 {
                try await stores.health.check()
                try await StoreFixture.administer(
                    "SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity WHERE datname = '\(fixture.databaseName)'"
                )
                try await stores.health.check()
            }
        }
    }

    /// The server stops: calls fail fast with a time to retry. It starts: the same calls work.
    @Test(.timeLimit(.minutes(5)))
    func aStoppedServerIsUnavailableUntilItIsBack() async throws {
        try await StoreFixture.withStores(.postgres) { _, fixture in
            let link = try await FaultyLink(fixture)
            // Only where nothing is refused does a call wait for a connection.
            let stores = try await Self.open(link, lease: .seconds(30))
            try await eventually("it is there") { try await code { try await stores.health.check() } == nil }
            for _ in 0..<2 {
                link.cut()
                for _ in 0..<5 {
                    let error = await #expect(throws: HubError.self) { try await stores.health.check() }
                    #expect(error?.code == .unavailable)
                    #expect(error?.retryAfter != nil)
                }
                link.heal()
                try await eventually("the store heals") { try await code { try await stores.health.check() } == nil }
            }
            await stores.close()
        }
    }

    /// A dead network: nothing is refused and nothing answers. Calls end at their deadline all the same.
    @Test(.timeLimit(.minutes(5)))
    func aFrozenNetworkHangsNobody() async throws {
        try await StoreFixture.withStores(.postgres) { _, fixture in
            let link = try await FaultyLink(fixture)
            let stores = try await Self.open(link)
            try await eventually("it is there") { try await code { try await stores.health.check() } == nil }
            link.freeze()
            for _ in 0..<3 {
                let code = try await code { try await stores.health.check() }
                #expect(code == .unavailable || code == .busy)
            }
            link.cut()
            link.heal()
            try await eventually("the store heals") { try await code { try await stores.health.check() } == nil }
            await stores.close()
        }
    }

    /// The answer to a commit is lost on the way: the same draft again settles whether it was written.
    @Test func aLostAnswerIsSettledByTheSameMID() async throws {
        try await StoreFixture.withStores(.postgres) { direct, fixture in
            let link = try await FaultyLink(fixture)
            let stores = try await Self.open(link)
            let room = try await direct.makeRoom(.channel, fixture).id
            for write in 0..<20 {
                let draft = Samples.text("\(write)", by: Samples.sara, mid: "m\(write)")
                async let cut: Void = Task.detached {
                    for _ in 0..<(write * 40) { await Task.yield() }
                    link.cut()
                    link.heal()
                }.value
                _ = try await Self.appendUntilDone(draft, to: room, stores)
                await cut
            }
            let log = try await direct.log(of: room)
            #expect(log.map(\.seq.value) == Array(1...20))
            #expect(log.map(\.mid.text) == (0..<20).map { "m\($0)" })
            await stores.close()
        }
    }

    // MARK: Helpers

    private static func open(_ link: FaultyLink, lease: Duration = .milliseconds(500)) async throws -> StoreSet {
        var limits = PostgresLimits()
        limits.statementTimeout = .milliseconds(300)
        limits.connectTimeout = .milliseconds(300)
        limits.leaseTimeout = lease
        limits.maxBackoff = .milliseconds(200)
        return try await Stores.open(.postgres(url: link.url, limits), logger: StoreFixture.logger) {
            Timestamp(milliseconds: 1)
        }
    }

    /// Sends the same draft until it is acknowledged; returns how often that failed.
    private static func appendUntilDone(_ draft: Draft, to room: RoomID, _ stores: StoreSet) async throws -> Int {
        var refusals = 0
        // A database that is gone for good fails the test, and must not keep its process alive.
        let deadline = ContinuousClock.now + .seconds(120)
        while ContinuousClock.now < deadline {
            try Task.checkCancellation()
            do {
                let result = try await stores.append(room, draft)
                guard result.outcomes[0].code == nil else { throw NeverHappened(what: "appended") }
                return refusals
            } catch let error as HubError where error.code == .unavailable || error.code == .busy {
                refusals += 1
                await Task.yield()
            }
        }
        throw NeverHappened(what: "appended")
    }

    private static func eventuallyRead<Value>(_ read: () async throws -> Value) async throws -> Value {
        var value: Value?
        try await eventually("the store answers") {
            value = try? await read()
            return value != nil
        }
        return try #require(value)
    }
}

/// Counts over several tasks.
private final class Tally: Sendable {
    private let sum = Atomic(0)

    var count: Int { sum.load(ordering: .relaxed) }

    func add(_ number: Int) { sum.add(number, ordering: .relaxed) }
}
