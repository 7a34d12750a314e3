import Domain
import Testing

@Suite struct ShopSettingTests {
    private static func problems(_ setting: ShopSetting, _ json: String) throws -> [String] {
        let value = try JSONParser.parse(json, maxDepth: 8)
        return setting.type.problems(with: value, at: "") { $0 == "Asia/Riyadh" }.map { "\($0.field) \($0.code)" }
    }

    @Test func keysAreUniqueAndDefaultsFitTheirTypes() {
        #expect(Set(ShopSetting.all.map(\.key)).count == ShopSetting.all.count)
        for setting in ShopSetting.all {
            let problems = setting.type.problems(with: setting.standard, at: "") { $0 == "Asia/Riyadh" }
            #expect(problems.isEmpty, "\(setting.key)")
            #expect(ShopSettingType.names.contains(setting.type.name))
            #expect(ShopSetting.named(setting.key) == setting)
            #expect(!setting.descriptionAr.isEmpty && !setting.descriptionEn.isEmpty)
        }
        #expect(ShopSetting.named("epoch") == nil && ShopSetting.named("checked") == nil)
    }

    @Test(arguments: [
        (ShopSetting.nameAr, #""متجر""#, true), (.nameAr, #""""#, false), (.nameAr, #""  ""#, false),
        (.nameAr, #""a\nb""#, false), (.nameAr, "1", false), (.nameAr, "null", false),
        (.startersAr, #"["أين طلبي؟","كم السعر؟"]"#, true), (.startersAr, "[]", true), (.startersAr, #""a""#, false),
        (.startersAr, #"["a","a"]"#, false), (.startersAr, #"["a"," "]"#, false), (.startersAr, #"["a",1]"#, false),
        (.startersAr, #"["1","2","3","4","5","6"]"#, true), (.startersAr, #"["1","2","3","4","5","6","7"]"#, false),
        (.language, #""en""#, true), (.language, #""fr""#, false),
        (.timeZone, #""Asia/Riyadh""#, true), (.timeZone, #""Riyadh""#, false),
        (.color, ##""#0b6E4f""##, true), (.color, ##""#0b6e4""##, false), (.color, #""red""#, false),
        (.color, ##""#0b6e4g""##, false), (.retentionDays, "365", true), (.retentionDays, "-1", false),
        (.retentionDays, "1.5", false), (.holidays, "[]", true),
        (.holidays, #"[{"date":"2026-09-23","name_ar":"اليوم الوطني"}]"#, true),
        (.holidays, #"[{"date":"2026-02-30"}]"#, false), (.holidays, #"[{"date":"2026-2-3"}]"#, false),
        (.holidays, #"[{"date":"2026-09-23"},{"date":"2026-09-23"}]"#, false),
        (.holidays, #"[{"date":"2026-09-23","yearly":true,"spans":[{"from":"16:00","to":"20:00"}]}]"#, true),
        (.holidays, #"[{"date":"2026-09-23","yearly":1}]"#, false),
        (.holidays, #"[{"date":"2026-09-23","spans":[{"from":"16:00"}]}]"#, false),
        (.holidays, #"[{"date":"2026-09-23","color":"red"}]"#, false), (.holidays, #"{"date":"2026-09-23"}"#, false),
        (.routingWebTeam, #""t_00000000000000000000000001""#, true), (.routingWebTeam, #""""#, true),
        (.routingWebTeam, #""u_00000000000000000000000001""#, false), (.routingWhatsAppTeam, "null", false),
    ])
    func valuesAreJudgedByTheirTypes(_ setting: ShopSetting, _ json: String, _ isGood: Bool) throws {
        #expect(try Self.problems(setting, json).isEmpty == isGood, "\(setting.key) \(json)")
    }

    @Test(arguments: [
        (#"[{"from":"09:00","to":"12:00"},{"from":"16:00","to":"24:00"}]"#, true), ("[]", true),
        (#"[{"from":"09:00","to":"09:00"}]"#, false), (#"[{"from":"12:00","to":"09:00"}]"#, true),
        (#"[{"from":"20:00","to":"02:00"},{"from":"22:00","to":"23:00"}]"#, false),
        (#"[{"from":"24:00","to":"02:00"}]"#, false),
        (#"[{"from":"09:00","to":"12:00"},{"from":"11:00","to":"13:00"}]"#, false),
        (#"[{"from":"9:00","to":"12:00"}]"#, false), (#"[{"from":"09:60","to":"12:00"}]"#, false),
        (#"[{"from":"09:00","to":"24:01"}]"#, false), (#"[{"from":"09:00"}]"#, false), (#"[1]"#, false),
        (#"[{"from":"09:00","to":"12:00","x":1}]"#, false), (#""closed""#, false),
    ])
    func spansOfADayRise(_ spans: String, _ isGood: Bool) throws {
        let others = OpeningWeek.Day.allCases.filter { $0 != .monday }.map { #""\#($0.rawValue)":[]"# }
        let week = "{\(others.joined(separator: ",")),\"monday\":\(spans)}"
        #expect(try Self.problems(.week, week).isEmpty == isGood)
    }

    @Test func noSpanBeginsBeforeTheNightBeforeHasEnded() throws {
        func week(_ tuesday: String) -> String {
            let others = OpeningWeek.Day.allCases.filter { $0 != .monday && $0 != .tuesday }.map {
                #""\#($0.rawValue)":[]"#
            }
            let monday = #""monday":[{"from":"22:00","to":"02:00"}]"#
            return #"{\#(others.joined(separator: ",")),\#(monday),"tuesday":[{"from":"\#(tuesday)","to":"12:00"}]}"#
        }
        #expect(try Self.problems(.week, week("01:59")) == ["/tuesday/0 range"])
        #expect(try Self.problems(.week, week("02:00")).isEmpty)
    }

    @Test func everyDayIsNamedAndNoOther() throws {
        let week = #"{"sunday":[],"monday":[],"tuesday":[],"wednesday":[],"thursday":[],"friday":[],"someday":[]}"#
        #expect(try Set(Self.problems(.week, week)) == ["/saturday required", "/someday unknown"])
    }
}
