import Testing

@testable import Domain

@Suite struct IntegrationBasisTests {
    private static func basis(_ stored: [String: String]) -> IntegrationBasis {
        IntegrationBasis(
            config: nil, stored: stored, values: IntegrationValues(.zid, stored: stored, environment: [:]))
    }

    private static let old = ["authorization_token": "a1", "manager_token": "m1", "refresh_token": "r1"]
    private static let fresh = [
        "authorization_token": "a2", "manager_token": "m2", "refresh_token": "r2",
        ZidKeyLife.endField: "2030-01-01T00:00:00Z",
    ]

    @Test func allOfItFitsWhereNothingHasChanged() {
        let basis = Self.basis(Self.old)
        #expect(basis.fitting(Self.fresh, in: basis) == Self.fresh)
        let other = Self.basis(Self.old.merging(["stock_owner": "hub"]) { $1 })
        #expect(basis.fitting(Self.fresh, in: other) == Self.fresh, "another value is none of its")
    }

    @Test func whatAnOwnerHasChangedStays() {
        let basis = Self.basis(Self.old)
        for name in Self.old.keys {
            for now in [Self.old.merging([name: "theirs"]) { $1 }, Self.old.filter { $0.key != name }] {
                let fitting = basis.fitting(Self.fresh, in: Self.basis(now))
                #expect(fitting == Self.fresh.filter { $0.key != name && $0.key != ZidKeyLife.endField })
            }
        }
        let all = Self.old.mapValues { _ in "theirs" }
        #expect(basis.fitting(Self.fresh, in: Self.basis(all)).isEmpty)
    }

    @Test func whatComesFromTheEnvironmentIsReplacedByWhatIsStored() {
        let basis = Self.basis(["refresh_token": "r1"])
        #expect(basis.fitting(Self.fresh, in: basis) == Self.fresh)
        #expect(!"\(basis)".contains("r1"))
    }
}
