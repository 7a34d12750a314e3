import Domain

/// Where an offer comes from, as its row keeps it. The note of a transfer is not kept: it stands in the side room.
extension Offer.Origin {
    var json: JSONValue {
        switch self {
        case .queue(let reason):
            return .object(["kind": .string("queue"), "reason": .string(reason.rawValue)])
        case .transfer(let transfer):
            var members: [String: JSONValue] = ["kind": .string("transfer"), "from": .string(transfer.from.text)]
            switch transfer.target {
            case .agent(let agent): members["agent"] = .string(agent.text)
            case .team(let team): members["team"] = .string(team.text)
            }
            if case .queue(let team) = transfer.fallback { members["queue"] = .string(team?.text ?? "") }
            return .object(members)
        }
    }

    /// Nil for what `json` does not give.
    init?(json: JSONValue, room: RoomID) {
        switch json["kind"]?.string {
        case "queue":
            guard let reason = json["reason"]?.string.flatMap(AssignmentReason.init) else { return nil }
            self = .queue(reason)
        case "transfer":
            let agent = json["agent"]?.string.flatMap(UserID.init).map(Transfer.Target.agent)
            let team = json["team"]?.string.flatMap(TeamID.init).map(Transfer.Target.team)
            guard let from = json["from"]?.string.flatMap(UserID.init), let target = agent ?? team else { return nil }
            self = .transfer(
                Transfer(
                    room: room, from: from, to: target, note: "",
                    fallback: json["queue"]?.string.map { .queue(TeamID($0)) } ?? .stay))
        default:
            return nil
        }
    }
}
