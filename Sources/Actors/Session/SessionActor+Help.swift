import Domain
import Wire

/// Help of the language model, for staff alone.
extension SessionActor {
    func help(_ request: HelpRequest, id: Int64?, _ link: Link) {
        guard isStaff(link.connection, id, "help is for staff") else { return }
        let connection = link.connection
        joined(link, request.room, id)?.tell { $0.help(request, for: connection, id: id) }
    }

    /// One's own on this connection: others are not known here.
    func stop(_ help: HelpID, id: Int64?, _ connection: ConnectionHandle) {
        guard isStaff(connection, id, "help is for staff") else { return }
        guard environment.help.stop(help, for: connection.id) else {
            connection.refuse(.notFound("there is no such help on this connection, or it is over"), id: id)
            return
        }
        if let id { connection.send(Reply.empty(id)) }
    }
}
