import HubTestKit
import Testing

@testable import Domain

@Suite struct HookScheduleTests {
    private let now = Samples.start

    private func endpoint(_ number: Int, _ types: Set<HookEventType> = []) throws -> HookEndpoint {
        var endpoint = HookEndpoint(
            id: .sample(number), url: try #require(OutboundURL("https://shop.example/\(number)")), at: now)
        endpoint.types = types
        return endpoint
    }

    private func news(_ type: HookEventType, _ sequence: Int64 = 1) -> HookNews {
        HookNews(type, at: now, stream: "r_1", sequence: sequence, subject: "r_1", data: [:])
    }

    @Test func eachEventIsOneBodyForAllWhoWantIt() throws {
        let schedule = HookSchedule(
            [news(.messageCreated, 1), news(.orderPaid, 2), news(.dealWon, 3)],
            to: [try endpoint(1, [.messageCreated, .orderPaid]), try endpoint(2, [.orderPaid])], maxBodyBytes: 65_536,
            at: now)
        #expect(schedule.events.map(\.news.type) == [.messageCreated, .orderPaid], "nobody wants the other")
        #expect(schedule.deliveries.map(\.endpoint) == [.sample(1), .sample(1), .sample(2)])
        #expect(schedule.deliveries[1].event == schedule.deliveries[2].event)
        #expect(Set(schedule.deliveries.map(\.id)).count == 3)
        for delivery in schedule.deliveries {
            #expect(delivery.entry.content == .hook(delivery.id))
            #expect(delivery.entry.lane.number == delivery.endpoint.text)
            #expect(delivery.entry.lane.recipient == delivery.id.text, "none waits for another")
        }
    }

    @Test func aPingGoesToItsEndpointWhateverThatWants() throws {
        let schedule = HookSchedule(pinging: .sample(4), maxBodyBytes: 65_536, at: now)
        #expect(schedule.events.map(\.news.type) == [.ping] && schedule.deliveries.map(\.endpoint) == [.sample(4)])
        #expect(schedule.events.first?.body.contains(HookEndpointID.sample(4).text) == true)
    }

    @Test func anEntryIsReadAsItIsWritten() {
        let content = OutboxContent.hook(.sample(9))
        #expect(OutboxContent(json: content.json) == content && content.repeatsAfterLoss == .max)
    }
}
