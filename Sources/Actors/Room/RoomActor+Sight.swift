import Domain

/// Who is in a conversation, and may not see it any more.
extension RoomActor {
    /// Shows agents out when the conversation went to a team that they are not in.
    func checkSight() {
        guard kind == .conversation || kind == .side else { return }
        let restricted = members.values.compactMap { member -> (Member, TeamSight)? in
            guard case .staff(let user) = member.principal else { return nil }
            return environment.routing.sight(of: user).map { (member, $0) }
        }
        guard !restricted.isEmpty else { return }
        Task {
            // Without an answer nobody knows who may stay: they join again when there is one.
            let conversation = try? await directory.conversation(around: id)
            for (member, sight) in restricted where !(conversation.map(sight.sees) ?? false) {
                expel(member, reason: "revoked")
            }
        }
    }

    /// The owner changed: also in the side room.
    func ownerChanged() {
        checkSight()
        if let side { directory.loadedRoom(side)?.tell { $0.checkSight() } }
    }
}
