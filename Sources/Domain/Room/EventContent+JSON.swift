extension EventContent {
    /// Everything but `target` and `replyTo`, as the log stores it.
    package var json: JSONValue {
        switch self {
        case .message(let body, _), .edit(_, let body):
            return .object(["kind": .string(body.kind.rawValue), "body": body.json])
        case .deletion:
            return .object([:])
        case .reaction(_, let emoji, let on):
            return .object(["emoji": .string(emoji), "on": .bool(on)])
        case .status(_, let state, let problem):
            var members: [String: JSONValue] = ["state": .string(state.rawValue)]
            members["err"] = problem.map { .string($0) }
            return .object(members)
        case .assignment(let assignee, let epoch):
            return .object(["to": assignee?.json ?? .null, "epoch": .integer(epoch)])
        case .state(let state, let until):
            var members: [String: JSONValue] = ["state": .string(state.rawValue)]
            members["until"] = until.map { .string($0.rfc3339) }
            return .object(members)
        case .membership(let change, let who):
            return .object(["change": .string(change.rawValue), "who": who.json])
        case .labels(let added, let removed):
            return .object(["added": .array(added.map(\.json)), "removed": .array(removed.map(\.json))])
        case .clock(let kind, let stage, let due):
            return .object([
                "clock": .string(kind.rawValue), "stage": .string(stage.rawValue), "due": .string(due.rfc3339),
            ])
        case .survey:
            return .object([:])
        case .rating(let answer):
            return answer.json
        case .run(let run):
            return run.json
        }
    }

    /// Reads what the log stored; nil when the row was not written by this version or an older one.
    package init?(kind: Kind, json: JSONValue, target: SequenceNumber?, replyTo: SequenceNumber?) {
        switch kind {
        case .message:
            guard let body = Self.body(of: json) else { return nil }
            self = .message(body, replyTo: replyTo)
        case .edit:
            guard let target, let body = Self.body(of: json) else { return nil }
            self = .edit(target: target, body: body)
        case .deletion:
            guard let target else { return nil }
            self = .deletion(target: target)
        case .reaction:
            guard let target, let emoji = json["emoji"]?.string, let on = json["on"]?.bool else { return nil }
            self = .reaction(target: target, emoji: emoji, on: on)
        case .status:
            guard let target, let state = json["state"]?.string.flatMap(MessageStatus.init(rawValue:)) else {
                return nil
            }
            self = .status(target: target, state, problem: json["err"]?.string)
        case .assignment:
            guard let epoch = json["epoch"]?.integer else { return nil }
            var assignee: Assignee?
            if let to = json["to"] {
                guard let read = Assignee(json: to) else { return nil }
                assignee = read
            }
            self = .assignment(to: assignee, epoch: epoch)
        case .state:
            guard let state = json["state"]?.string.flatMap(ConversationState.init) else { return nil }
            self = .state(state, until: json["until"]?.string.flatMap(Timestamp.init(rfc3339:)))
        case .membership:
            guard let change = json["change"]?.string.flatMap(MembershipChange.init),
                let who = json["who"].flatMap(Participant.init(json:))
            else { return nil }
            self = .membership(change, who: who)
        case .labels:
            guard let added = LabelMark.list(json: json["added"]),
                let removed = LabelMark.list(json: json["removed"])
            else { return nil }
            self = .labels(added: added, removed: removed)
        case .clock:
            guard let kind = json["clock"]?.string.flatMap(ServiceClock.Kind.init),
                let stage = json["stage"]?.string.flatMap(ClockStage.init),
                let due = json["due"]?.string.flatMap(Timestamp.init(rfc3339:))
            else { return nil }
            self = .clock(kind, stage, due: due)
        case .survey:
            self = .survey
        case .rating:
            guard let answer = SurveyAnswer(json: json) else { return nil }
            self = .rating(answer)
        case .run:
            guard let run = AssistantRun(json: json) else { return nil }
            self = .run(run)
        }
    }

    private static func body(of json: JSONValue) -> MessageBody? {
        guard let kind = json["kind"]?.string.flatMap(MessageBody.Kind.init), let body = json["body"] else {
            return nil
        }
        return MessageBody(kind: kind, json: body)
    }
}

extension Participant {
    package var json: JSONValue {
        .object(["kind": .string(kind.rawValue), "id": .string(id), "name": .string(name)])
    }

    package init?(json: JSONValue) {
        guard let kind = json["kind"]?.string.flatMap(Kind.init), let id = json["id"]?.string,
            let name = json["name"]?.string
        else { return nil }
        self.init(kind: kind, id: id, name: name)
    }
}
