import Domain
import Wire

/// What agents answer and ask of routing.
extension SessionActor {
    func answerOffer(of room: RoomID, accepts: Bool, id: Int64?, _ connection: ConnectionHandle) {
        guard let user = agent(connection, id) else { return }
        let wish = accepts ? RoutingWish.accept(room, by: user.id) : .decline(room, by: user.id)
        ask(wish, as: user, id: id, connection)
    }

    func transfer(_ room: RoomID, _ request: TransferRequest, id: Int64?, _ connection: ConnectionHandle) {
        guard let user = agent(connection, id) else { return }
        let transfer = Transfer(
            room: room, from: user.id, to: request.target, note: request.note, fallback: request.fallback)
        ask(.transfer(transfer), as: user, note: (user.participant, request.note), id: id, connection)
    }

    private func agent(_ connection: ConnectionHandle, _ id: Int64?) -> User? {
        guard case .staff(let user) = principal else {
            connection.refuse(.forbidden("only staff take and hand on conversations"), id: id)
            return nil
        }
        return user
    }

    private func ask(
        _ wish: RoutingWish,
        as user: User,
        note: (author: Participant, text: String)? = nil,
        id: Int64?,
        _ connection: ConnectionHandle
    ) {
        let logger = environment.logger
        guard let routing = sessions.routing else {
            connection.refuse(.unavailable(), id: id)
            return
        }
        Task { @concurrent in
            do {
                try await routing.ask(wish, as: user, note: note)
                if let id { connection.send(Reply.empty(id)) }
            } catch {
                connection.refuse(HubError(reporting: error, to: logger), id: id)
            }
        }
    }
}
