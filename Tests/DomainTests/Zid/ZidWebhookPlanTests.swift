import HubTestKit
import Testing

@testable import Domain

@Suite struct ZidWebhookPlanTests {
    private static let now = Timestamp(milliseconds: 1_790_000_000_000)
    private static let here = "https://hub.example/api/v1/zid/webhook/secret-part-of-it"
    private static let elsewhere = "https://old.example/api/v1/zid/webhook/secret-part-of-it"
    private static let wish = ZidWebhookPlan.Wish(
        target: here, user: "zid", password: "PLANTED-password", owner: .make(at: now))
    private static let event = ZidWebhookPlan.events[0]

    /// The others are registered as they should be.
    private static func plan(_ first: ZidWebhook..., isLoginNew: Bool = false) -> ZidWebhookPlan {
        let others = ZidWebhookPlan.events.dropFirst().map {
            ZidWebhook(event: $0, target: here, number: wish.number(of: $0))
        }
        return ZidWebhookPlan(wish, listed: first + others, isLoginNew: isLoginNew, at: now)
    }

    private static func ours(_ target: String, isAlive: Bool = true) -> ZidWebhook {
        ZidWebhook(event: event, target: target, number: wish.number(of: event), isAlive: isAlive)
    }

    private static func theirs(_ target: String, isAlive: Bool = true) -> ZidWebhook {
        ZidWebhook(event: event, target: target, number: 1, isAlive: isAlive)
    }

    @Test func whereNothingIsRegisteredEachEventIs() {
        let plan = ZidWebhookPlan(Self.wish, listed: [], isLoginNew: false, at: Self.now)
        #expect(plan.removals.isEmpty && plan.registrations.map(\.event) == ZidWebhookPlan.events)
        #expect(plan.registrations.allSatisfy { $0.target == Self.here && $0.user == "zid" })
        #expect(Set(plan.registrations.map(\.number)).count == 3)
        #expect(!"\(plan)".contains("PLANTED-password"))
    }

    @Test func whatIsRightIsLeftAlone() {
        #expect(Self.plan(Self.ours(Self.here)).isEmpty)
        #expect(Self.plan(Self.ours("\(Self.here)?since=1")).isEmpty)
        #expect(Self.plan(Self.theirs(Self.here)).isEmpty, "somebody did it by hand")
        #expect(Self.plan(Self.theirs(Self.here), Self.ours(Self.here)).isEmpty)
        let nameless = ZidWebhook(event: Self.event, target: Self.here, number: nil)
        #expect(Self.plan(nameless).isEmpty, "Zid says no numbers")
        let foreign = ZidWebhook(event: Self.event, target: "https://else.example/x", number: 9)
        #expect(Self.plan(Self.ours(Self.here), foreign).isEmpty)
    }

    @Test func whatLeadsElsewhereIsMended() {
        let plan = Self.plan(Self.ours(Self.elsewhere))
        #expect(plan.removals == [Self.wish.number(of: Self.event)])
        #expect(plan.registrations.map(\.target) == [Self.here])
        let nameless = ZidWebhook(event: Self.event, target: Self.elsewhere, number: nil)
        #expect(Self.plan(nameless).removals == [Self.wish.number(of: Self.event)], "the secret in it is ours")
    }

    @Test func whatSomebodyElseRegisteredIsNeverRemoved() {
        let plan = Self.plan(Self.theirs(Self.elsewhere))
        #expect(plan.removals.isEmpty && plan.registrations.map(\.target) == [Self.here])
        #expect(Self.plan(Self.theirs(Self.elsewhere), Self.ours(Self.here)).isEmpty, "and is no reason to do it again")
    }

    @Test func whatZidHasGivenUpGetsAnotherAddress() {
        for dead in [Self.ours(Self.here, isAlive: false), Self.theirs(Self.here, isAlive: false)] {
            let plan = Self.plan(dead)
            #expect(plan.registrations.map(\.target) == ["\(Self.here)?since=1790000000"])
            #expect(plan.removals.isEmpty == (dead.number == 1))
        }
    }

    @Test func whatIsThereTwiceIsThereOnceAfterwards() {
        let plan = Self.plan(Self.ours(Self.here), Self.ours("\(Self.here)?since=1"))
        #expect(plan.removals.count == 1 && plan.registrations.count == 1)
    }

    @Test func anotherPasswordIsShownByAll() {
        let plan = Self.plan(Self.ours(Self.here), isLoginNew: true)
        #expect(plan.removals == ZidWebhookPlan.events.map(Self.wish.number))
        #expect(plan.registrations.count == 3)
        let byHand = Self.plan(Self.theirs(Self.here), isLoginNew: true)
        #expect(byHand.registrations.count == 3 && byHand.removals.count == 2)
    }

    /// What is done leads to where there is nothing to do, whatever was there.
    @Test(arguments: 0..<50 as Range<UInt64>)
    func onePlanIsEnough(_ seed: UInt64) {
        var random = SeededRandom(seed: seed)
        var listed: [ZidWebhook] = (0..<Int.random(in: 0...8, using: &random)).map { _ in
            let event = random.pick(ZidWebhookPlan.events + ["product.update"])
            let target = random.pick([Self.here, Self.elsewhere, "\(Self.here)?since=5", "https://else.example/"])
            let number: Int64? = random.pick([Self.wish.number(of: event), 1])
            return ZidWebhook(event: event, target: target, number: number, isAlive: !random.chance(in: 4))
        }
        let others = listed.filter { $0.number == 1 }
        let plan = ZidWebhookPlan(Self.wish, listed: listed, isLoginNew: random.chance(in: 3), at: Self.now)
        listed.removeAll { webhook in webhook.number.map(plan.removals.contains) ?? false }
        for new in plan.registrations {
            #expect(!listed.contains { $0.event == new.event && $0.target == new.target }, "Zid takes none twice")
            listed.append(ZidWebhook(event: new.event, target: new.target, number: new.number))
        }
        #expect(ZidWebhookPlan(Self.wish, listed: listed, isLoginNew: false, at: Self.now).isEmpty)
        #expect(listed.filter { $0.number == 1 } == others)
    }

    @Test(arguments: [
        ("https://hub.example/z" as String?, nil as String?, "https://hub.example/z/s" as String?),
        ("http://hub.example/z", nil, nil), ("http://hub.example/z", "https://api.zid.sa/v1", nil),
        ("http://127.0.0.1:8/z", "http://127.0.0.1:9/zid/v1", "http://127.0.0.1:8/z/s"), (nil, "http://a", nil),
    ])
    func zidReachesOnlyWhatIsPublic(_ address: String?, _ api: String?, _ target: String?) {
        #expect(ZidWebhookPlan.target(address, secret: "s", api: api) == target)
    }

    @Test func numbersAreOfTheirOwnerAndSmall() {
        let other = ZidWebhookPlan.Wish(
            target: Self.here, user: "u", password: "p", owner: .make(at: Self.now + .seconds(1)))
        for event in ZidWebhookPlan.events {
            #expect((1...2_147_483_646).contains(Self.wish.number(of: event)))
            #expect(Self.wish.number(of: event) != other.number(of: event))
        }
    }

    @Test func listsAreReadAsZidWritesThem() throws {
        let text = """
            {"data":[{"id":"u1","event":"Order.Create","target_url":"https://a/b","status":"ready","original_id":"12"},
            {"event":"order.create","target_url":"https://a/b","active":false},{"event":"x"},
            {"event":"order.create","target_url":"https://a/b","status":"inactive","original_id":3}]}
            """
        let list = try #require(ZidWebhook.list(JSONParser.parse(text, maxDepth: 32)))
        #expect(list.map(\.event) == ["order.create", "order.create", "order.create"])
        #expect(list.map(\.number) == [12, nil, 3] && list.map(\.isAlive) == [true, false, false])
        #expect(try ZidWebhook.list(JSONParser.parse("[]", maxDepth: 8)) == [])
        #expect(try ZidWebhook.list(JSONParser.parse(#"{"status":"ok"}"#, maxDepth: 8)) == nil)
    }
}
