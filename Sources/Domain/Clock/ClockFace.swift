/// A promise of time as colleagues see it.
package struct ClockFace: Sendable, Equatable {
    package let kind: ServiceClock.Kind
    /// When it is breached if nothing happens; nil while it stands still.
    package let due: Timestamp?
    package let warnedAt: Timestamp?
    package let breachedAt: Timestamp?

    package init(kind: ServiceClock.Kind, due: Timestamp?, warnedAt: Timestamp?, breachedAt: Timestamp?) {
        self.kind = kind
        self.due = due
        self.warnedAt = warnedAt
        self.breachedAt = breachedAt
    }

    package var json: JSONValue {
        .object([
            "clock": .string(kind.rawValue), "due": .optional(due), "warned_at": .optional(warnedAt),
            "breached_at": .optional(breachedAt),
        ])
    }

    package init?(json: JSONValue) {
        guard let kind = json["clock"]?.string.flatMap(ServiceClock.Kind.init) else { return nil }
        func moment(_ name: String) -> Timestamp? { json[name]?.string.flatMap(Timestamp.init(rfc3339:)) }
        self.init(kind: kind, due: moment("due"), warnedAt: moment("warned_at"), breachedAt: moment("breached_at"))
    }
}

extension ConversationClocks {
    /// Those that are on, in the order of `ServiceClock.Kind`.
    package func faces(_ hours: BusinessHours) -> [ClockFace] {
        all.filter(\.isOn).map { clock in
            ClockFace(
                kind: clock.kind, due: clock.due(hours), warnedAt: clock.warnedAt, breachedAt: clock.breachedAt)
        }
    }
}
