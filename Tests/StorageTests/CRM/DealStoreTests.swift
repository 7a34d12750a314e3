import Domain
import Testing

@testable import Storage

@Suite struct DealStoreTests {
    @Test(arguments: Engine.allCases)
    func aDealGoesThroughItsPipeline(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let pipeline = try await Self.first(stores)
            #expect(pipeline.nameAr == "المبيعات" && pipeline.stages.count == 4)
            let contact = try await stores.keep(fixture.contact("ليلى"), fixture)
            let deal = try await stores.keep(fixture.newDeal("بطاقات", of: contact.id) { $0.amount = 900 }, fixture)
            #expect(deal.pipeline == pipeline.id && deal.stage == pipeline.stages[0].id)
            #expect(try await stores.deals.deal(deal.id, scope: .everything) == deal)
            fixture.clock.advance()
            func change(_ change: @escaping @Sendable (inout Deal) -> Void) async throws -> Deal {
                try await stores.deals.change(
                    deal.id, scope: .everything, expected: nil, fixture.writing(), change)
            }
            _ = try await change { $0.stage = pipeline.stages[2].id }
            let unknown = try await code { _ = try await change { $0.stage = .make(at: $0.createdAt) } }
            #expect(unknown == .invalid)
            fixture.clock.advance()
            let lost = try await change { deal in
                deal.state = .lost
                deal.lostReason = "السعر"
            }
            #expect(lost.closedAt == fixture.clock.now)
            fixture.clock.advance()
            _ = try await change { $0.state = .open }
            let request = ListRequest<DealMoveSort, Void>(filter: (), order: DealMoveSort.usual, limit: 3)
            let moves = try await stores.deals.moves(of: deal.id, scope: .everything, request)
            #expect(moves.items.map(\.to.state) == [.open, .open, .lost] && moves.next != nil)
            #expect(moves.items[1].from?.stage == pipeline.stages[0].id)
            #expect(moves.items.allSatisfy { $0.byName == "سارة" })
        }
    }

    @Test(arguments: Engine.allCases)
    func totalsCountByStageAndCurrency(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let contact = try await stores.keep(fixture.contact("ليلى"), fixture)
            let dollar = try #require(Currency("USD"))
            for (amount, currency) in [(100, Currency.riyal), (250, .riyal), (7, dollar)] {
                try await stores.keep(
                    fixture.newDeal("ص", of: contact.id) { deal in
                        deal.amount = Int64(amount)
                        deal.currency = currency
                    }, fixture)
            }
            let totals = try await stores.deals.totals(DealFilter(scope: .everything))
            #expect(totals.map(\.count) == [2, 1] && totals.map(\.amount) == [350, 7])
            #expect(totals.map(\.currency.code) == ["SAR", "USD"])
            var won = DealFilter(scope: .everything)
            won.state = .won
            #expect(try await stores.deals.totals(won).isEmpty)
        }
    }

    @Test(arguments: Engine.allCases)
    func aStageWithDealsStays(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let contact = try await stores.keep(fixture.contact("ليلى"), fixture)
            let deal = try await stores.keep(fixture.newDeal("ص", of: contact.id), fixture)
            func keepLast() async throws -> Pipeline {
                try await stores.deals.change(
                    deal.pipeline, expected: nil, fixture.writing()
                ) { $0.stages = [$0.stages[$0.stages.count - 1]] }
            }
            #expect(try await code { _ = try await keepLast() } == .conflict)
            let last = try await Self.first(stores).stages[3].id
            _ = try await stores.deals.change(
                deal.id, scope: .everything, expected: nil, fixture.writing()
            ) { $0.stage = last }
            #expect(try await keepLast().stages.map(\.id) == [last])
        }
    }

    @Test(arguments: Engine.allCases)
    func pagesShowEachDealOnceInEveryOrder(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let contact = try await stores.keep(fixture.contact("ليلى"), fixture)
            for number in 0..<13 {
                try await stores.keep(
                    fixture.newDeal("ص \(number / 4)", of: contact.id) { deal in
                        deal.amount = Int64(number / 5)
                        deal.expectedCloseAt = number % 3 == 0 ? nil : Timestamp(milliseconds: Int64(number / 2))
                    }, fixture)
                if number % 4 == 0 { fixture.clock.advance() }
            }
            for key in DealSort.allCases {
                for isDescending in [false, true] {
                    var seen: [DealID] = []
                    var after: ListPosition?
                    repeat {
                        let order = ListOrder(key, isDescending: isDescending)
                        let page = try await stores.deals.deals(
                            ListRequest(filter: DealFilter(scope: .everything), order: order, after: after, limit: 4))
                        seen += page.items.map(\.id)
                        after = page.next
                    } while after != nil
                    #expect(Set(seen).count == 13 && seen.count == 13, "\(key)")
                }
            }
        }
    }

    private static func first(_ stores: StoreSet) async throws -> Pipeline {
        let request = ListRequest<PipelineSort, Void>(filter: (), order: PipelineSort.usual, limit: 10)
        return try #require(try await stores.deals.pipelines(request).items.first)
    }
}
