package import Domain

/// What a delivery of Zid is about.
package struct ZidItem: WebhookItem {
    package let notice: ZidNotice
    /// As it was kept.
    package let body: [UInt8]
    package let receivedAt: Timestamp

    init?(_ body: [UInt8], at moment: Timestamp) {
        guard let notice = ZidNotice(kept: body) else { return nil }
        self.notice = notice
        self.body = body
        receivedAt = moment
    }

    /// Nobody looks at the same thing twice at once.
    package var lane: String? { notice.subject.lane }

    /// In whatever order they come, what is looked at is how it is now.
    package var happenedAt: Timestamp? { nil }

    package var source: JSONValue { .string(String(decoding: body, as: UTF8.self)) }
}

extension ZidNotice.Subject {
    fileprivate var lane: String? {
        switch self {
        case .order(let id): "order/\(id)"
        case .product(let id): "product/\(id)"
        case .other: nil
        }
    }
}
