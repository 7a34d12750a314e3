import Domain

/// Deliveries that are worked off together: their items by lane, and what became of each delivery.
struct WebhookBatch<Item: WebhookItem>: Sendable {
    /// Items of one lane, in the order of their receipt.
    struct Lane: Sendable {
        var items: [Item] = []
        /// Where each item stands: its delivery, and its place in it.
        var places: [Place] = []
    }

    struct Place: Sendable {
        let event: WebhookEvent
        let place: Int
    }

    struct Report: Sendable {
        var finished: [String] = []
        var leftovers: [WebhookLeftover] = []
        var traces: [String: [AuditEvent]] = [:]
        var postponed: [(event: String, pause: Duration, reason: String)] = []
    }

    let unreadable: [(event: WebhookEvent, reason: String)]
    let lanes: [Lane]
    private let events: [WebhookEvent]
    private let limits: WebhookLimits
    private var leftovers: [WebhookLeftover] = []
    private var traces: [String: [AuditEvent]] = [:]
    private var failures: [String: any Error] = [:]

    init<Scribe: WebhookScribe>(
        _ events: [WebhookEvent],
        _ scribe: Scribe,
        _ limits: WebhookLimits
    ) where Scribe.Item == Item {
        self.limits = limits
        var unreadable: [(WebhookEvent, String)] = []
        var readable: [WebhookEvent] = []
        var lanes: [Lane] = []
        var laneOf: [String: Int] = [:]
        for event in events {
            do throws(WebhookUnreadable) {
                let items = try scribe.items(of: event)
                readable.append(event)
                for (place, item) in items.enumerated() {
                    let lane = item.lane.flatMap { laneOf[$0] } ?? lanes.count
                    if lane == lanes.count { lanes.append(Lane()) }
                    if let key = item.lane { laneOf[key] = lane }
                    lanes[lane].items.append(item)
                    lanes[lane].places.append(Place(event: event, place: place))
                }
            } catch {
                unreadable.append((event, error.reason))
            }
        }
        self.unreadable = unreadable
        self.events = readable
        self.lanes = lanes
    }

    /// A lane was written.
    mutating func ended(_ lane: Lane, _ endings: [WebhookEnding]) {
        for (index, ending) in endings.enumerated() {
            let (place, item) = (lane.places[index], lane.items[index])
            switch ending {
            case .success(.done): break
            case .success(.traced(let event)): traces[place.event.id, default: []].append(event)
            case .success(.waits(let message)):
                leave(item, at: place, .waiting(for: message), "it speaks of a message that has not come yet")
            case .success(.parked(let reason)): leave(item, at: place, .parked, reason)
            case .failure(let error):
                if place.event.attempts >= limits.maxAttempts, !error.isOutage {
                    leave(item, at: place, .parked, "\(error)")
                } else {
                    failures[place.event.id] = error
                }
            }
        }
    }

    var report: Report {
        var report = Report(traces: traces)
        for event in events {
            if let error = failures[event.id] {
                // As long as whoever was asked says, but not for ever.
                let asked = min((error as? HubError)?.retryAfter ?? .zero, limits.backoff.upperBound)
                report.postponed.append((event.id, max(limits.pause(after: event.attempts), asked), "\(error)"))
            } else {
                report.finished.append(event.id)
            }
        }
        let finished = Set(report.finished)
        report.leftovers = leftovers.filter { finished.contains($0.event) }
        return report
    }

    private mutating func leave(
        _ item: Item,
        at place: Place,
        _ state: WebhookLeftover.State,
        _ reason: String
    ) {
        leftovers.append(
            WebhookLeftover(
                event: place.event.id,
                place: place.place,
                item: item.source,
                state: state,
                reason: reason,
                receivedAt: place.event.receivedAt
            ))
    }
}
