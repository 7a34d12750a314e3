extension CaseFile {
    /// Everything but the room, the version and `through`, which have columns of their own.
    package var json: JSONValue {
        .object([
            "phase": .string(clocks.phase.rawValue),
            "past_first": .bool(clocks.isPastFirst),
            "clocks": .array(clocks.all.map(\.json)),
            "began": .optional(began?.value),
            "resolved_at": .optional(resolvedAt),
            "unanswered": .optional(unanswered?.value),
            "answered": .bool(isAnswered),
            "away_told": .bool(isAwayTold),
            "away_held_until": .optional(awayHeldUntil),
            "surveyed": .bool(isSurveyed),
            "assistant": .bool(isAssistants),
            "assistant_answered": .bool(isAssistantsTurnOver),
        ])
    }

    /// Nil for what `json` did not write.
    package init?(room: RoomID, version: Int64, through: SequenceNumber, json: JSONValue) {
        guard let phase = json["phase"]?.string.flatMap(LifePhase.Name.init),
            let isPastFirst = json["past_first"]?.bool, let documents = json["clocks"]?.array
        else { return nil }
        let clocks = documents.compactMap(ServiceClock.init(json:))
        guard clocks.count == documents.count else { return nil }
        self.init(room: room, level: ServiceLevel())
        self.version = version
        self.through = through
        self.clocks = ConversationClocks(clocks, phase: phase, isPastFirst: isPastFirst)
        began = json["began"]?.integer.map(SequenceNumber.init)
        resolvedAt = json["resolved_at"]?.string.flatMap(Timestamp.init(rfc3339:))
        unanswered = json["unanswered"]?.integer.map(SequenceNumber.init)
        isAnswered = json["answered"]?.bool ?? false
        isAwayTold = json["away_told"]?.bool ?? false
        awayHeldUntil = json["away_held_until"]?.string.flatMap(Timestamp.init(rfc3339:))
        isSurveyed = json["surveyed"]?.bool ?? false
        isAssistants = json["assistant"]?.bool ?? false
        isAssistantsTurnOver = json["assistant_answered"]?.bool ?? false
    }
}

extension ServiceClock {
    fileprivate var json: JSONValue {
        var members: [String: JSONValue] = [
            "clock": .string(kind.rawValue),
            "target_ms": .integer(target.milliseconds),
            "spent_ms": .integer(spent.milliseconds),
            "warned_at": .optional(warnedAt),
            "breached_at": .optional(breachedAt),
        ]
        switch state {
        case .idle: members["state"] = "idle"
        case .running(let since):
            members["state"] = "running"
            members["since"] = .string(since.rfc3339)
        case .paused: members["state"] = "paused"
        case .ended: members["state"] = "ended"
        }
        return .object(members)
    }

    fileprivate init?(json: JSONValue) {
        guard let kind = json["clock"]?.string.flatMap(Kind.init), let target = json["target_ms"]?.integer,
            let spent = json["spent_ms"]?.integer, let state = State(json: json)
        else { return nil }
        self.init(
            kind,
            target: .milliseconds(target),
            state: state,
            spent: .milliseconds(spent),
            warnedAt: json["warned_at"]?.string.flatMap(Timestamp.init(rfc3339:)),
            breachedAt: json["breached_at"]?.string.flatMap(Timestamp.init(rfc3339:))
        )
    }
}

extension ServiceClock.State {
    fileprivate init?(json: JSONValue) {
        switch json["state"]?.string {
        case "idle": self = .idle
        case "running":
            guard let since = json["since"]?.string.flatMap(Timestamp.init(rfc3339:)) else { return nil }
            self = .running(since: since)
        case "paused": self = .paused
        case "ended": self = .ended
        default: return nil
        }
    }
}
