import Domain
import Testing

@testable import Hub

@Suite struct LimitsTests {
    @Test(arguments: Limits.settings)
    func aLimitIsSetByItsNameWithinItsRange(_ setting: LimitSetting) throws {
        #expect(setting.name.hasPrefix("HUB_"))
        #expect(setting.range.contains(setting.value(Limits())), "the default must be settable")
        for bound in [setting.range.lowerBound, setting.range.upperBound] {
            var limits = Limits()
            try setting.set(String(bound), in: &limits)
            #expect(setting.value(limits) == bound)
            // Nothing else was changed.
            try setting.set(String(setting.value(Limits())), in: &limits)
            #expect(limits == Limits())
        }
        for wrong in ["", "x", "1.5", String(setting.range.lowerBound - 1), String(setting.range.upperBound + 1)] {
            #expect(throws: SettingProblem.self) { try setting.check(wrong) }
        }
    }

    @Test func everyLimitHasAName() {
        // Those of hooks are a value of their own, of which an operator sets a part; of Zid's upkeep it is all.
        let own = Mirror(reflecting: Limits()).children.filter { !($0.value is HookLimits) }.flatMap { limit in
            limit.value is ZidUpkeepRules ? Array(Mirror(reflecting: limit.value).children) : [limit]
        }
        #expect(own.count == Limits.settings.filter { !$0.name.hasPrefix("HUB_HOOK") }.count)
        #expect(Set(Limits.settings.map(\.name)).count == Limits.settings.count)
    }

    @Test(arguments: Limits.settings)
    func theNameSaysTheUnit(_ setting: LimitSetting) {
        switch setting.unit {
        case .bytes: #expect(setting.name.hasSuffix("_BYTES"))
        case .milliseconds: #expect(setting.name.hasSuffix("_MS"))
        case .seconds: #expect(setting.name.hasSuffix("_S"))
        case .perSecond: #expect(setting.name.hasSuffix("_PER_S"))
        case .perMinute: #expect(setting.name.hasSuffix("_PER_MIN"))
        case .count: #expect(!["_BYTES", "_MS", "_S", "_MIN"].contains { setting.name.hasSuffix($0) })
        }
    }

    /// The figures of the wire contract, "Limits" and "Backpressure".
    @Test func theDefaultsAreThoseOfTheContract() {
        let limits = Limits()
        #expect(limits.maxFrameBytes == 65_536)
        #expect(limits.maxRoomsPerConnection == 256)
        #expect(limits.maxConnectionsPerPerson == 8)
        #expect(limits.maxJSONDepth == 16)
        #expect(limits.authTimeout == .seconds(10))
        #expect(limits.pingInterval == .seconds(25))
        #expect(limits.maxOutboundBytes == 262_144)
        #expect(limits.lagTimeout == .seconds(2))
        #expect(limits.stallTimeout == .seconds(30))
        #expect(limits.maxErrors == 20 && limits.errorWindow == .seconds(5))
        #expect(limits.presenceGrace == .seconds(15))
        #expect(limits.typingLifetime == .seconds(6))
        #expect(limits.maxJoinBytes == 262_144)
        #expect(limits.maxPollWait == .seconds(55))
        #expect(limits.maxListedPresence == 200)
    }
}
