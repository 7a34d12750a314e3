/// What is owed to whom because of what happened: a decision without I/O, written in one transaction with the cursor.
package struct HookSchedule: Sendable, Equatable {
    package struct Event: Sendable, Equatable {
        package let id: HookEventID
        package let news: HookNews
        package let body: String
    }

    package struct Delivery: Sendable, Equatable {
        package let id: HookDeliveryID
        package let endpoint: HookEndpointID
        package let event: HookEventID
        package let entry: OutboxEntry

        /// A delivery that is owed from `moment` on.
        package init(of event: HookEventID, to endpoint: HookEndpointID, at moment: Timestamp) {
            id = .make(at: moment)
            self.endpoint = endpoint
            self.event = event
            entry = .hook(id, to: endpoint, at: moment)
        }
    }

    package private(set) var events: [Event] = []
    package private(set) var deliveries: [Delivery] = []

    /// What nobody wants leaves no trace.
    package init(_ news: [HookNews], to endpoints: [HookEndpoint], maxBodyBytes: Int, at moment: Timestamp) {
        for news in news {
            let wanting = endpoints.filter { $0.wants(news) }
            guard !wanting.isEmpty else { continue }
            let id = HookEventID.make(at: news.at)
            events.append(Event(id: id, news: news, body: news.body(as: id, maxBytes: maxBodyBytes)))
            deliveries += wanting.map { Delivery(of: id, to: $0.id, at: moment) }
        }
    }

    /// A test of one endpoint, whatever it wants.
    package init(pinging endpoint: HookEndpointID, maxBodyBytes: Int, at moment: Timestamp) {
        let id = HookEventID.make(at: moment)
        let news = HookNews.ping(endpoint, as: id, at: moment)
        events = [Event(id: id, news: news, body: news.body(as: id, maxBytes: maxBodyBytes))]
        deliveries = [Delivery(of: id, to: endpoint, at: moment)]
    }
}

extension OutboxEntry {
    /// Each delivery has a lane of its own: one that waits holds up no other.
    package static func hook(
        _ delivery: HookDeliveryID,
        to endpoint: HookEndpointID,
        at moment: Timestamp
    ) -> OutboxEntry {
        OutboxEntry(
            id: .make(at: moment), lane: .hook(delivery, to: endpoint), order: 0, content: .hook(delivery), at: moment)
    }
}
