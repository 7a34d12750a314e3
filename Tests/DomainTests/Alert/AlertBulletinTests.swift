import Testing

@testable import Domain

@Suite struct AlertBulletinTests {
    private static let start = Timestamp(milliseconds: 10_000_000)

    private func incident(
        _ rule: AlertRule,
        _ subject: String = "sms",
        _ state: AlertIncident.State = .firing,
        after seconds: Int64 = 0,
        told: Bool = false
    ) -> AlertIncident {
        let begin = Self.start + .seconds(seconds)
        return AlertIncident(
            id: .make(at: begin), key: AlertKey(rule, subject), state: state,
            message: StatusMessage(ar: "سيئ", en: "it is bad"), startedAt: begin, firedAt: begin,
            recoveredAt: state == .recovered ? begin + .seconds(600) : nil, seenAt: begin,
            toldFiringAt: told ? begin : nil)
    }

    private func bulletin(_ incidents: [AlertIncident], isQuiet: Bool = false) -> AlertBulletin? {
        AlertBulletin(incidents, at: Self.start + .seconds(900), isQuiet: isQuiet, urgent: [.freeDisk])
    }

    @Test func nothingIsToldTwice() throws {
        #expect(bulletin([]) == nil)
        #expect(bulletin([incident(.errorRate, told: true)]) == nil)
        let first = try #require(bulletin([incident(.errorRate)]))
        #expect(bulletin(first.incidents) == nil)
    }

    @Test func oneIsToldByItself() throws {
        let text = try #require(bulletin([incident(.integrationHealth)])).text
        #expect(text == "🔴 صحة التكامل sms: سيئ\nHealth of sms: it is bad")
        let over = try #require(bulletin([incident(.integrationHealth, "sms", .recovered, told: true)])).text
        #expect(over == "🟢 صحة التكامل sms: عاد إلى طبيعته بعد 10 د\nHealth of sms: well again after 10 min")
    }

    @Test func severalAreADigestInTheOrderOfTheirBeginning() throws {
        let digest = try #require(
            bulletin([
                incident(.errorRate, "b", after: 20), incident(.outboxQueue, "a", .recovered, after: 10),
                incident(.webhookSilence, "zid", .recovered, after: 5, told: true), incident(.freeDisk, told: true),
            ]))
        #expect(digest.incidents.map(\.key.rule) == [.webhookSilence, .outboxQueue, .errorRate])
        #expect(digest.text.hasPrefix("تنبيهات النظام · System alerts (3)\n\n🟢"))
        #expect(digest.text.contains("🟡") && digest.text.contains("was wrong for 10 min"))
        #expect(digest.incidents.allSatisfy { $0.news == nil })
    }

    @Test func quietHoursHoldBackAllButTheUrgent() throws {
        let all = [incident(.integrationHealth), incident(.freeDisk, "shop")]
        let urgent = try #require(bulletin(all, isQuiet: true))
        #expect(urgent.incidents.map(\.key.rule) == [.freeDisk])
        #expect(bulletin([all[0]], isQuiet: true) == nil)
        #expect(try #require(bulletin(all)).incidents.count == 2)
    }

    @Test func whatIsTooMuchForOneNoteFollows() throws {
        let all = (0..<25).map { incident(.outboxQueue, "\($0)", after: $0) }
        let first = try #require(bulletin(all))
        #expect(first.incidents.count == AlertBulletin.maxIncidents && first.text.utf16.count < 8000)
        let rest = all.filter { one in !first.incidents.contains { $0.id == one.id } }
        #expect(try #require(bulletin(rest)).incidents.count == 5)
    }

    @Test(arguments: AlertRule.allCases)
    func everyRuleHasWordsOfItsOwn(_ rule: AlertRule) {
        let title = AlertKey(rule, "zid").title
        #expect(title.ar.contains("zid") && title.en.contains("zid"))
        let others = AlertRule.allCases.filter { $0 != rule }.map { AlertKey($0, "zid").title.en }
        #expect(!others.contains(title.en))
    }
}
