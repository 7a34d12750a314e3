import Domain
import Wire

/// Ephemeral signs of life: presence, typing and read markers.
extension RoomActor {
    func setPresence(_ state: PresenceState, of connection: ConnectionID) {
        guard let member = members[connection] else { return }
        if let change = presence.changed(connection, member.principal.participant, to: state) { announce(change) }
    }

    func announce(_ change: PresenceMachine.Change, except connection: ConnectionID? = nil) {
        let count = presence.count
        let isListed = count <= environment.limits.maxListedPresence
        let push = PushEncoder.presence(id, isListed ? change : nil, count: count)
        let key = isListed ? "presence/\(id)/\(change.who.kind.rawValue)/\(change.who.id)" : "presence/\(id)"
        publish(.latest(push, key: key), except: connection)
    }

    func setTyping(_ isTyping: Bool, _ connection: ConnectionID) {
        guard let member = members[connection] else { return }
        guard isTyping else {
            stopTyping(connection)
            return
        }
        let who = member.principal.participant
        if typing.typed(connection, who, at: environment.now()) {
            publish(.droppable(PushEncoder.typing(id, who, on: true)), except: connection)
        }
        armTimer()
        showTyping(by: who)
    }

    /// The customer sees it where their channel has such a sign.
    func showTyping(by who: Participant) {
        guard channel == .whatsapp, who.kind == .staff else { return }
        environment.signs?.staffTyped(in: id)
    }

    func stopTyping(_ connection: ConnectionID) {
        guard let who = typing.stopped(connection) else { return }
        publish(.droppable(PushEncoder.typing(id, who, on: false)), except: connection)
    }

    /// Stores a read marker and shows it to the others.
    func markRead(_ seq: SequenceNumber, by connection: ConnectionHandle, id: Int64?) {
        whenLoaded { room, loaded in
            switch loaded {
            case .failure(let error): connection.refuse(error, id: id)
            case .success: room.storeMarker(seq, by: connection, id: id)
            }
        }
    }

    private func storeMarker(_ seq: SequenceNumber, by connection: ConnectionHandle, id replyID: Int64?) {
        guard let member = members[connection.id] else {
            connection.refuse(HubError(.notJoined, "join this room first"), id: replyID)
            return
        }
        let who = member.principal.participant
        Task {
            do {
                let outcome = try await environment.rooms.markRead(id, by: who, upTo: seq)
                if outcome.didRise { markerRose(who, to: outcome.marker) }
                guard let replyID else { return }
                connection.send(
                    Reply.ok(replyID) { writer in
                        writer.beginObject()
                        writer.key("seq")
                        writer.integer(outcome.marker.value)
                        writer.key("unread")
                        writer.integer(outcome.unread)
                        writer.endObject()
                    })
            } catch {
                connection.refuse(HubError(reporting: error, to: environment.logger), id: replyID)
            }
        }
    }

    func markerRose(_ who: Participant, to marker: SequenceNumber) {
        if who.kind.isCustomer {
            customerRead = max(customerRead, marker)
        } else {
            agentsRead = max(agentsRead, marker)
            if channel == .whatsapp, who.kind == .staff { environment.signs?.staffRead(upTo: marker, in: id) }
        }
        publish(.latest(PushEncoder.read(id, who, upTo: marker), key: "read/\(id)/\(who.kind.rawValue)/\(who.id)"))
        if kind == .conversation { environment.inbox.noteChange(of: id) }
    }
}
