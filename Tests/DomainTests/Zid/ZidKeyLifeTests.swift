import HubTestKit
import Testing

@testable import Domain

@Suite struct ZidKeyLifeTests {
    private static let start = Samples.start
    private static let day = Duration.seconds(86_400)
    private static let rules = ZidUpkeepRules()

    @Test(arguments: [
        // Of a year, a month before its end; of a month, when three quarters are over; of nothing, at once.
        (365 as Int64, 335 as Int64), (40, 30), (4, 3), (0, 0), (-3, 0),
    ])
    func keysAreRenewedBeforeTheyEnd(_ days: Int64, _ renewal: Int64) {
        let life = ZidKeyLife(since: Self.start, end: Self.start + .seconds(days * 86_400))
        #expect(life.renewal(wereRefused: false, Self.rules) == Self.start + .seconds(renewal * 86_400))
    }

    @Test func keysOfWhichNothingIsKnownAreRenewedAtOnce() {
        let life = ZidKeyLife(since: Self.start, end: nil)
        #expect(life.renewal(wereRefused: false, Self.rules) == Self.start)
        #expect(life.renewal(wereRefused: true, Self.rules) == Self.start)
    }

    @Test func keysThatAreRefusedAreRenewedUnlessTheyAreNew() {
        let life = ZidKeyLife(since: Self.start, end: Self.start + Self.day * 365)
        #expect(life.renewal(wereRefused: true, Self.rules) == Self.start + .seconds(600))
        let short = ZidKeyLife(since: Self.start, end: Self.start + .seconds(40))
        #expect(short.renewal(wereRefused: true, Self.rules) == Self.start + .seconds(30), "the clock was first")
    }

    @Test func onlyWhatIsStoredInFullIsRenewed() throws {
        let sealed = try #require(
            SealedSecret(
                "v1|A256GCM|local:k1|\(Base64URL.encode(Array(repeating: 7, count: 60)))|\(Base64URL.encode(Array(repeating: 1, count: 12)))|\(Base64URL.encode(Array(repeating: 2, count: 20)))"
            ))
        var config = IntegrationConfig(id: .make(at: Self.start), type: .zid, at: Self.start)
        let parts: [(inout IntegrationConfig) -> Void] = [
            { $0.values["client_id"] = "48" },
            { $0.secrets["client_secret"] = .init(sealed: sealed, changedAt: Self.start) },
            { $0.secrets["refresh_token"] = .init(sealed: sealed, changedAt: Self.start + .seconds(1)) },
        ]
        for part in parts {
            #expect(ZidKeyLife(config) == nil)
            part(&config)
        }
        #expect(ZidKeyLife(config) == ZidKeyLife(since: Self.start + .seconds(1), end: nil))
        config.secrets["manager_token"] = .init(sealed: sealed, changedAt: Self.start + .seconds(2))
        config.values[ZidKeyLife.endField] = "2027-01-01T00:00:00Z"
        #expect(
            ZidKeyLife(config)
                == ZidKeyLife(since: Self.start + .seconds(2), end: Timestamp(rfc3339: "2027-01-01T00:00:00Z")))
    }
}
