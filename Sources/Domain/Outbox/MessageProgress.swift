/// How far a message got, of whose parts several may be under way.
package struct MessageProgress: Sendable, Equatable {
    package let status: MessageStatus
    package let problem: OutboxProblem?

    /// As far as its slowest part, or failed when one of them has; nil when nothing of it is owed any more.
    package init?(_ parts: [OutboxDelivery]) {
        let owed = parts.filter { $0.state != .cancelled }
        guard !owed.isEmpty else { return nil }
        if let failed = owed.first(where: { $0.status == .failed }) {
            status = .failed
            problem = failed.problem
        } else {
            status = owed.map(\.status).min() ?? .queued
            problem = nil
        }
    }
}

extension OutboxDelivery {
    /// As a room shows it. That the provider took a message is not yet that it was sent.
    package var status: MessageStatus {
        switch state {
        case .queued, .sending, .unsure: .queued
        case .accepted: reached ?? .queued
        case .failed: .failed
        case .cancelled: .queued
        }
    }
}
