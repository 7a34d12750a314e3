import Domain
import Testing

@testable import Storage

@Suite struct TeamStoreTests {
    @Test(arguments: Engine.allCases)
    func membershipIsSeenFromBothSides(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let sara = try await APITokenStoreTests.user(stores, fixture)
            var sales = Team(id: .make(at: fixture.clock.now), at: fixture.clock.now)
            sales.nameAr = "المبيعات"
            sales.skills = ["بطاقات"]
            sales.members = [sara.id]
            #expect(try await stores.teams.add(sales, fixture.writing()).value() == sales)
            #expect(try await stores.teams.team(sales.id) == sales)
            #expect(try await stores.accounts.account(sara.id)?.teams == [sales.id])
            #expect(try await stores.accounts.account(sara.id)?.version == 2)

            let left = try await stores.accounts.change(sara.id, expected: 2, fixture.writing()) { $0.teams = [] }
            #expect(left.new.version == 3)
            let empty = try #require(try await stores.teams.team(sales.id))
            #expect(empty.members.isEmpty && empty.version == 2)
            let back = try await stores.teams.change(sales.id, expected: 2, fixture.writing()) {
                $0.members = [sara.id]
                $0.nameEn = "Sales"
            }
            #expect(back.version == 3)
            var filter = AccountFilter()
            filter.team = sales.id
            let request = ListRequest(filter: filter, order: AccountSort.usual, limit: 10)
            #expect(try await stores.accounts.accounts(request).items.map(\.id) == [sara.id])
            let search = ListRequest(filter: TeamFilter(), search: "بطاقات", order: TeamSort.usual, limit: 10)
            #expect(try await stores.teams.teams(search).items == [back])

            let unknown = try await code {
                _ = try await stores.accounts.change(sara.id, expected: nil, fixture.writing()) {
                    $0.teams = [.make(at: fixture.clock.now)]
                }
            }
            #expect(unknown == .invalid)
            let nobody = try await code {
                _ = try await stores.teams.change(sales.id, expected: nil, fixture.writing()) {
                    $0.members = [.make(at: fixture.clock.now)]
                }
            }
            #expect(nobody == .invalid)
            try await stores.teams.remove(sales.id, expected: 3, fixture.writing())
            #expect(try await stores.accounts.account(sara.id)?.teams == [])
        }
    }

    @Test(arguments: Engine.allCases)
    func aTeamWithWorkStays(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            var team = Team(id: .make(at: fixture.clock.now), at: fixture.clock.now)
            team.nameAr = "الدعم"
            _ = try await stores.teams.add(team, fixture.writing()).value()
            let visitor = try await stores.makeVisitor(fixture)
            let assignment = EventContent.assignment(to: Assignee(.team(team.id), name: team.nameAr), epoch: 0)
            try await stores.append(visitor.room, Samples.draft(assignment, by: Samples.sara, mid: "a"))
            func remove() async throws -> HubError.Code? {
                try await code { try await stores.teams.remove(team.id, expected: nil, fixture.writing()) }
            }
            #expect(try await remove() == .conflict)
            let resolved = EventContent.state(.resolved, until: nil)
            try await stores.append(visitor.room, Samples.draft(resolved, by: Samples.sara, mid: "b"))
            #expect(try await remove() == nil)
        }
    }
}
