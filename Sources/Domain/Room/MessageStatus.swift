/// How far a message got on its way to the customer. The rank only rises.
package enum MessageStatus: String, Sendable, CaseIterable, Comparable {
    case queued, sent
    /// Below `delivered`: with several devices, one may fail and another get it.
    case failed
    case delivered, read

    private var rank: Int {
        switch self {
        case .queued: 0
        case .sent: 1
        case .failed: 2
        case .delivered: 3
        case .read: 4
        }
    }

    package static func < (left: MessageStatus, right: MessageStatus) -> Bool { left.rank < right.rank }
}
