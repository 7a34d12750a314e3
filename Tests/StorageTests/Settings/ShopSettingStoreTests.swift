import Domain
import Testing

@testable import Storage

@Suite struct ShopSettingStoreTests {
    @Test(arguments: Engine.allCases)
    func aSettingIsChangedAndGoesBack(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let settings = stores.settings
            #expect(try await settings.settings() == ShopSetting.all.map(ShopSettingState.init))
            let first = try await settings.set(.nameAr, to: .string("متجر ١"), expected: 0, fixture.writing())
            #expect(first.version == 1 && first.value == .string("متجر ١"))
            #expect(try await settings.settings().first { $0.setting == .nameAr } == first)
            let same = try await settings.set(.nameAr, to: .string("متجر ١"), expected: nil, fixture.writing())
            #expect(same == first)
            let late = try await code {
                _ = try await settings.set(.nameAr, to: .string("x"), expected: 0, fixture.writing())
            }
            #expect(late == .stale)
            fixture.clock.advance()
            let back = try await settings.set(.nameAr, to: nil, expected: 1, fixture.writing())
            #expect(back.version == 2 && back.value == ShopSetting.nameAr.standard)
            let history = try await settings.history(of: .nameAr, limit: 10)
            #expect(history.map(\.after) == [ShopSetting.nameAr.standard, .string("متجر ١")])
            #expect(history.map(\.version) == [2, 1] && history.map(\.isDefault) == [true, false])
            #expect(try await settings.version(1, of: .nameAr) == history.last)
            #expect(try await settings.version(2, of: .nameAr) == history.first)
            for unknown: Int64 in [-1, 0, 3] { #expect(try await settings.version(unknown, of: .nameAr) == nil) }
            #expect(try await settings.version(1, of: .color) == nil)
            #expect(history.map(\.before) == [.string("متجر ١"), ShopSetting.nameAr.standard])
            #expect(history.first?.actor.name == "سارة" && history.first?.at == fixture.clock.now)
            #expect(try await settings.history(of: .nameAr, limit: 1).count == 1)
            #expect(try await settings.history(of: .color, limit: 10).isEmpty)
        }
    }

    @Test(arguments: Engine.allCases)
    func ofManyWhoChangeOneVersionOneSucceeds(_ engine: Engine) async throws {
        try await StoreFixture.withStores(engine) { stores, fixture in
            let second = try await fixture.open()
            let outcomes = try await withThrowingTaskGroup(of: HubError.Code?.self) { group in
                for number in 0..<8 {
                    let settings = (number.isMultiple(of: 2) ? stores : second).settings
                    group.addTask {
                        try await code {
                            _ = try await settings.set(
                                .retentionDays, to: .integer(Int64(number + 1)), expected: 0, fixture.writing())
                        }
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(outcomes.count { $0 == nil } == 1 && outcomes.count { $0 == .stale } == 7)
        }
    }
}
