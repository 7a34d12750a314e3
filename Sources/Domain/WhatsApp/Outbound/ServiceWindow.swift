/// The day after a customer's last message, in which they may be written to freely.
///
/// Only the customer opens it, by the provider's clock; what we send does not. Source: WhatsApp Business Platform,
/// "Customer service windows".
package struct ServiceWindow: Sendable, Equatable {
    package enum State: Sendable, Equatable {
        case closed
        case open(until: Timestamp)
        /// Open, but not for long.
        case closing(at: Timestamp)
    }

    package static let length: Duration = .seconds(86_400)
    /// How long before its end people are warned.
    package static let warning: Duration = .seconds(3600)

    /// The provider's time of the customer's last message.
    package private(set) var lastInboundAt: Timestamp?

    package init(lastInboundAt: Timestamp?) {
        self.lastInboundAt = lastInboundAt
    }

    package var end: Timestamp? { lastInboundAt.map { $0 + Self.length } }

    /// The customer wrote. A message that comes late moves nothing back. True when the end moved.
    package mutating func heard(at sentAt: Timestamp) -> Bool {
        guard lastInboundAt.map({ $0 < sentAt }) ?? true else { return false }
        lastInboundAt = sentAt
        return true
    }

    package func state(at moment: Timestamp) -> State {
        guard let end, moment < end else { return .closed }
        return moment < end - Self.warning ? .open(until: end) : .closing(at: end)
    }

    /// When `state` changes by itself; nil when it does not any more.
    package func nextChange(after moment: Timestamp) -> Timestamp? {
        switch state(at: moment) {
        case .closed: nil
        case .open(let end): end - Self.warning
        case .closing(let end): end
        }
    }

    package func allows(_ message: OutboundMessage, at moment: Timestamp) -> Bool {
        message.startsConversation || state(at: moment) != .closed
    }
}

extension HubError {
    /// A free text outside the window. WhatsApp would refuse it with 131047.
    package static let windowClosed = HubError(
        .conflict,
        "24 hours have passed since the customer's last message: send an approved template instead of a free text",
        fields: [
            FieldProblem("window", "closed", "only messages of kind template may be sent until the customer writes")
        ]
    )

    /// More than these are not told with a refusal.
    package static let maxTemplates = 100

    package func offering(_ templates: [MessageTemplate]) -> HubError {
        HubError(
            code, message, retryAfter: retryAfter, fields: fields, missed: missed,
            templates: Array(templates.prefix(Self.maxTemplates)))
    }
}
