import Domain

/// Help of the language model for a member of staff who is here; `leave` ends it.
extension RoomActor {
    func help(_ request: HelpRequest, for connection: ConnectionHandle, id: Int64?) {
        whenLoaded { room, loaded in
            switch loaded {
            case .failure(let error): connection.refuse(error, id: id)
            case .success: room.beginHelp(request, for: connection, id: id)
            }
        }
    }

    private func beginHelp(_ request: HelpRequest, for connection: ConnectionHandle, id replyID: Int64?) {
        guard let member = members[connection.id], case .staff(let user) = member.principal, let kind else {
            connection.refuse(HubError(.notJoined, "join this room first"), id: replyID)
            return
        }
        if let refusal = request.refusal(in: kind) {
            connection.refuse(refusal, id: replyID)
            return
        }
        let asker = HelpAsker(connection: connection, user: user, side: side, replyID: replyID)
        if let refusal = environment.help.begin(request, for: asker, through: directory) {
            connection.refuse(refusal, id: replyID)
        }
    }
}
