import Domain

/// Decides which events belong to a page of history once its messages are known.
struct HistoryBounds: Equatable {
    /// Messages of the page in rising order.
    let messages: [RoomEvent]
    let hasMore: Bool
    /// Notices lie above this number …
    let after: SequenceNumber
    /// … up to this one.
    let upTo: SequenceNumber

    /// - Parameters:
    ///   - read: one message more than the page holds, in the direction that was asked for
    ///   - edge: the nearest message beyond the place asked for, on the side that was not asked for
    init(_ page: HistoryPage, read: [RoomEvent], edge: SequenceNumber?, head: SequenceNumber) {
        hasMore = read.count > page.limit
        let kept = Array(read.prefix(page.limit))
        let beyond = hasMore ? read.last?.seq : nil
        switch page.position {
        case .newest, .before:
            messages = kept.reversed()
            after = beyond ?? .zero
            // Without a newer message the page ends the log.
            upTo = edge == nil ? head : messages.last?.seq ?? .zero
        case .after:
            messages = kept
            after = edge ?? .zero
            upTo = beyond == nil ? head : kept.last?.seq ?? after
        }
    }
}
