/// One event on its way to one endpoint, with what became of it.
package struct HookDelivery: Sendable, Equatable {
    package enum State: String, Sendable, CaseIterable {
        /// It is tried, or waits for its next try.
        case pending
        case delivered
        /// Given up after about a day, or refused for good.
        case failed
        /// Its endpoint was turned off or removed before it could leave.
        case cancelled

        package init(_ state: OutboxDelivery.State) {
            self =
                switch state {
                case .queued, .sending, .unsure: .pending
                case .accepted: .delivered
                case .failed: .failed
                case .cancelled: .cancelled
                }
        }

        /// Those of the outbox that are this one.
        package var stored: [OutboxDelivery.State] {
            OutboxDelivery.State.allCases.filter { HookDelivery.State($0) == self }
        }
    }

    package let id: HookDeliveryID
    package let endpoint: HookEndpointID
    package let event: HookEventID
    package let type: HookEventType
    package let state: State
    /// When it is tried next; nil when it is not.
    package let nextAttemptAt: Timestamp?
    /// How often a person asked for it again.
    package let replays: Int64
    package let createdAt: Timestamp
    /// The newest `maxAttempts`, in their order.
    package var attempts: [HookAttempt] = []

    /// Of the tries of one delivery no more are shown.
    package static let maxAttempts = 50

    package init(
        id: HookDeliveryID,
        endpoint: HookEndpointID,
        event: HookEventID,
        type: HookEventType,
        state: State,
        nextAttemptAt: Timestamp?,
        replays: Int64,
        createdAt: Timestamp
    ) {
        self.id = id
        self.endpoint = endpoint
        self.event = event
        self.type = type
        self.state = state
        self.nextAttemptAt = state == .pending ? nextAttemptAt : nil
        self.replays = replays
        self.createdAt = createdAt
    }

    /// As the API shows it.
    package var document: [String: JSONValue] {
        [
            "id": .string(id.text),
            "endpoint": .string(endpoint.text),
            "event": .string(event.text),
            "type": .string(type.rawValue),
            "state": .string(state.rawValue),
            "next_attempt_at": .optional(nextAttemptAt),
            "replays": .integer(replays),
            "created_at": .string(createdAt.rfc3339),
            "attempts": .array(attempts.map(\.json)),
        ]
    }
}

/// One try of a delivery.
package struct HookAttempt: Sendable, Equatable {
    /// Counted from 1, over all replays.
    package let number: Int64
    package let at: Timestamp
    package let took: Duration
    /// Of the answer; nil when there was none.
    package let status: Int64?
    /// Nil when it was taken.
    package let reason: String?

    package init(number: Int64, at moment: Timestamp, took: Duration, status: Int64?, reason: String?) {
        self.number = number
        at = moment
        self.took = took
        self.status = status
        self.reason = reason
    }

    var json: JSONValue {
        [
            "number": .integer(number),
            "at": .string(at.rfc3339),
            "took_ms": .integer(took.milliseconds),
            "status": .optional(status),
            "reason": .optional(reason),
        ]
    }
}

/// What a list of deliveries can be narrowed down by; nil leaves it as it is.
package struct HookDeliveryFilter: Sendable, Equatable {
    package var endpoint: HookEndpointID?
    package var state: HookDelivery.State?
    package var type: HookEventType?
    package var from: Timestamp?
    /// Exclusive.
    package var before: Timestamp?

    package init() {}
}

package enum HookDeliverySort: String, SortKey {
    case createdAt = "created_at"

    package static let usual = ListOrder(HookDeliverySort.createdAt, isDescending: true)
}

/// What came of asking for many deliveries again.
package struct HookReplay: Sendable, Equatable {
    package let count: Int
    /// Whether there are more than one request takes.
    package let isMore: Bool

    package init(count: Int, isMore: Bool) {
        self.count = count
        self.isMore = isMore
    }
}
