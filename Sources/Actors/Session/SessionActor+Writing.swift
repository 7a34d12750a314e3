import Domain
import Wire

/// Durable writes: from what a client asks for to a draft.
extension SessionActor {
    func write(
        _ request: WriteRequest,
        _ basis: WriteBasis,
        mid: MID,
        to room: RoomID,
        id: Int64?,
        _ link: Link
    ) {
        guard let actor = joined(link, room, id) else { return }
        let connection = link.connection
        switch request {
        case .text(let body, let replyTo):
            submit(.message(body, replyTo: replyTo), basis, mid: mid, to: actor, id: id, connection)
        case .template(let body, let replyTo):
            guard isStaff(connection, id, "only staff send templates") else { return }
            submit(.message(body, replyTo: replyTo), basis, mid: mid, to: actor, id: id, connection)
        case .interactive(let body, let replyTo):
            guard isStaff(connection, id, "only staff send interactive messages") else { return }
            submit(.message(body, replyTo: replyTo), basis, mid: mid, to: actor, id: id, connection)
        case .choice(let body, let replyTo):
            guard !principal.isStaff else {
                return connection.refuse(.forbidden("only customers choose: staff write a text"), id: id)
            }
            submit(.message(body, replyTo: replyTo), basis, mid: mid, to: actor, id: id, connection)
        case .edit(let target, let body):
            submit(.edit(target: target, body: body), mid: mid, to: actor, id: id, connection)
        case .delete(let target):
            submit(.deletion(target: target), mid: mid, to: actor, id: id, connection)
        case .react(let target, let emoji, let isOn):
            submit(.reaction(target: target, emoji: emoji, on: isOn), mid: mid, to: actor, id: id, connection)
        case .state(let state, let until):
            guard isStaff(connection, id, "only staff change the state of a conversation") else { return }
            submit(.state(state, until: until), mid: mid, to: actor, id: id, connection)
        case .file(let attachment, let caption, let replyTo):
            resolve(connection, id: id) { [self] in
                let file = try await environment.attachments.reference(
                    attachment, of: principal.participant, caption: caption)
                submit(.message(.file(file), replyTo: replyTo), basis, mid: mid, to: actor, id: id, connection)
            }
        case .assign(let assignee):
            guard isStaff(connection, id, "only staff assign conversations") else { return }
            resolve(connection, id: id) { [self] in
                let resolved = try await resolved(assignee)
                submit(.assignment(to: resolved, epoch: 0), basis, mid: mid, to: actor, id: id, connection)
            }
        }
    }

    /// Stops an answer of the assistant. The hub says that it is over: whoever may be in the room may do it.
    func cancel(_ run: AssistantRun.ID, id: Int64?, _ link: Link) {
        let draft = Draft(author: .hub, mid: .end(of: run), content: .run(AssistantRun(run, .cancelled)))
        let connection = link.connection
        joined(link, run.room, id)?.tell { $0.write(draft, from: connection, id: id) }
    }

    private func submit(
        _ content: EventContent,
        _ basis: WriteBasis = .unsaid,
        mid: MID,
        to room: RoomActor,
        id: Int64?,
        _ connection: ConnectionHandle
    ) {
        let draft = Draft(
            author: principal.participant, mid: mid, content: content, isModerator: principal.isModerator,
            basis: basis)
        room.tell { $0.write(draft, from: connection, id: id) }
    }

    func isStaff(_ connection: ConnectionHandle, _ id: Int64?, _ refusal: String) -> Bool {
        if principal.isStaff { return true }
        connection.refuse(.forbidden(refusal), id: id)
        return false
    }

    private func resolve(_ connection: ConnectionHandle, id: Int64?, _ work: @escaping () async throws -> Void) {
        resolve(connection, orRefuse: { connection.refuse($0, id: id) }, work)
    }

    /// Looks something up while later frames of the connection wait, then goes on.
    func resolve(
        _ connection: ConnectionHandle,
        orRefuse refuse: @escaping (HubError) -> Void,
        _ work: @escaping () async throws -> Void
    ) {
        beginResolving(connection.id)
        Task {
            do {
                try await work()
            } catch {
                refuse(HubError(reporting: error, to: environment.logger))
            }
            endResolving(connection.id)
        }
    }

    private func resolved(_ request: AssigneeRequest) async throws -> Assignee? {
        switch request {
        case .nobody: return nil
        case .me:
            guard case .staff(let user) = principal else { return nil }
            return Assignee(.user(user.id), name: user.name)
        case .assistant:
            // Nobody would answer the customer.
            guard environment.hasAssistant.now else { throw HubError.notFound("there is no assistant") }
            return .assistant
        case .user(let id):
            guard let user = try await environment.users.user(id), !user.isDisabled else {
                throw HubError.notFound("to is no active member of staff")
            }
            return Assignee(.user(user.id), name: user.name)
        case .team(let id):
            guard let team = try await environment.teams.team(id) else { throw HubError.notFound("to is no team") }
            return Assignee(.team(team.id), name: team.nameAr)
        }
    }
}
