/// A system of the shop's own that is told what happens: where it is, and what it wants to know.
package struct HookEndpoint: Versioned, Sendable, Equatable {
    /// Why it is told nothing.
    package enum Off: String, Sendable, CaseIterable {
        /// A person turned it off.
        case person
        /// It answered 410: it wants nothing any more.
        case gone
        /// It failed for too long.
        case failing
    }

    package let id: HookEndpointID
    /// Rises with every change.
    package var version: Int64
    package var url: OutboundURL
    package var description: String?
    /// Empty for all there are.
    package var types: Set<HookEventType>
    /// Nil while it is on.
    package private(set) var off: Off?
    /// What happened before is not told.
    package private(set) var since: Timestamp
    /// When the first try failed that no good one followed; nil while all is well.
    package private(set) var failingSince: Timestamp?
    /// Until when the secret before the present one signs too.
    package var oldSecretUntil: Timestamp?
    package let createdAt: Timestamp
    package var changedAt: Timestamp

    package init(id: HookEndpointID, url: OutboundURL, at moment: Timestamp) {
        self.init(stored: id, url: url, off: nil, since: moment, failingSince: nil, createdAt: moment)
    }

    /// As it was stored.
    package init(
        stored id: HookEndpointID,
        url: OutboundURL,
        off: Off?,
        since: Timestamp,
        failingSince: Timestamp?,
        createdAt: Timestamp
    ) {
        self.id = id
        version = 1
        self.url = url
        types = []
        self.off = off
        self.since = since
        self.failingSince = failingSince
        self.createdAt = createdAt
        changedAt = createdAt
    }

    package var isOn: Bool { off == nil }

    /// Turned on again, it is told what happens from then on.
    package mutating func turn(on: Bool, at moment: Timestamp) {
        guard on != isOn else { return }
        off = on ? nil : .person
        if on { since = moment }
        failingSince = nil
    }

    package func wants(_ news: HookNews) -> Bool {
        isOn && news.at >= since && (types.isEmpty || types.contains(news.type))
    }

    /// How a try ended. True when that changed something.
    ///
    /// - Parameter patience: What fails for so long is turned off.
    package mutating func heard(_ result: HookResult, at moment: Timestamp, patience: Duration) -> Bool {
        guard isOn else { return false }
        let before = self
        if result.isGood {
            failingSince = nil
        } else if result.isGone {
            off = .gone
        } else {
            let start = failingSince ?? moment
            failingSince = start
            if moment - start >= patience { off = .failing }
        }
        guard self != before else { return false }
        touch(at: moment)
        return true
    }
}

extension HookEndpoint: Auditable {
    package var subject: AuditSubject { AuditSubject(kind: "webhook_endpoint", id: id.text) }

    package var document: [String: JSONValue] {
        [
            "id": .string(id.text),
            "version": .integer(version),
            "url": .string(url.text),
            "host": .string(url.host),
            "description": .optional(description),
            "events": .array(types.map(\.rawValue).sorted().map { .string($0) }),
            "enabled": .bool(isOn),
            "disabled_because": .optional(off?.rawValue),
            "failing_since": .optional(failingSince),
            "old_secret_until": .optional(oldSecretUntil),
            "created_at": .string(createdAt.rfc3339),
            "updated_at": .string(changedAt.rfc3339),
        ]
    }

    /// Addresses of this kind often hold a key; the host is told in full.
    package var trace: [String: JSONValue] { document.hiding(["url"]) }
}

/// What endpoints can be sorted by.
package enum HookEndpointSort: String, SortKey {
    case createdAt = "created_at"

    package static let usual = ListOrder(HookEndpointSort.createdAt)
}

/// Endpoints are few: nothing narrows them down.
package struct HookEndpointFilter: Sendable, Equatable {
    package init() {}
}
