import Actors
import Domain
import HTTPTypes
import Hummingbird
import Wire

/// Internal rooms of the staff: channels, groups, direct rooms and their members.
struct RoomRoutes: EndpointGroup {
    let rooms: any RoomStore
    let users: any UserStore
    let gateway: any RoomGateway
    let settings: RestSettings
    let now: @Sendable () -> Timestamp

    static let maxTitleLength = 100
    static let maxMembers = 1000

    let title = "Internal rooms"

    var endpoints: [Endpoint] {
        [
            Endpoint(
                method: .get, path: "/rooms", id: "listRooms", summary: "The internal rooms that one is in.",
                access: .staff(.chat, list), isStrict: false,
                answers: [.init(status: .ok, note: "All of them.", content: .json(RoomDescription.rooms))]),
            Endpoint(
                method: .post, path: "/rooms", id: "createRoom",
                summary: "Make a channel, a group or a direct room.",
                access: .staff(.chat, make), body: .json(RoomDescription.creation), isStrict: false,
                answers: [
                    .init(status: .created, note: "It was made.", content: .json(RoomDescription.room)),
                    .init(
                        status: .ok, note: "The direct room of these two, which there was already.",
                        content: .json(RoomDescription.room)),
                    .problem(.notFound, "Somebody named is no active member of staff."),
                ]),
            member(.put, "addRoomMember", "Take somebody into a group.") { try await change(.added, $0) },
            member(.delete, "removeRoomMember", "Remove somebody from a group.") { try await change(.removed, $0) },
        ]
    }

    private func member(
        _ method: HTTPRequest.Method,
        _ id: String,
        _ summary: String,
        _ run: @escaping @Sendable (Call) async throws -> Response
    ) -> Endpoint {
        Endpoint(
            method: method, path: "/rooms/{room}/members/{user}", id: id, summary: summary,
            access: .staff(.chat, run), isStrict: false,
            answers: [.init(status: .noContent, note: "So it is.")])
    }

    private func list(_ call: Call) async throws -> Response {
        let mine = try await rooms.internalRooms(of: call.caller.user.id)
        return .json { writer in
            writer.beginObject()
            writer.key("rooms")
            writer.beginArray()
            for room in mine { InternalRoomEncoder.write(room, into: &writer) }
            writer.endArray()
            writer.endObject()
        }
    }

    private func make(_ call: Call) async throws -> Response {
        let maker = call.caller.user
        let body = try await call.request.jsonObject(maxBytes: settings.maxBodyBytes)
        let kind: RoomKind = try body.choice("kind")
        guard kind.isInternal else { throw HubError.badRequest("kind must be one of: channel, group, direct") }
        let members = try await members(body, kind: kind, maker: maker)
        let new = NewRoom(
            id: .make(at: now()),
            kind: kind,
            title: try title(body, kind: kind),
            members: kind.hasMembers ? members : [],
            at: now()
        )
        let made = try await rooms.makeRoom(new)
        guard made.isNew else {
            let known = try await rooms.internalRooms(of: maker.id).first { $0.room.id == made.room.id }
            let room = known ?? InternalRoom(room: made.room, members: new.members, unread: 0)
            return .json { InternalRoomEncoder.write(room, into: &$0) }
        }
        await gateway.announce(made.room, to: kind.hasMembers ? members.compactMap { UserID($0.id) } : nil)
        let room = InternalRoom(room: made.room, members: new.members, unread: 0)
        return .json(.created) { InternalRoomEncoder.write(room, into: &$0) }
    }

    private func title(_ body: ObjectReader, kind: RoomKind) throws(HubError) -> String {
        let given = try body.optionalString("title") ?? ""
        let words = given.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard words.count <= Self.maxTitleLength else {
            throw .badRequest("title is longer than \(Self.maxTitleLength) characters")
        }
        guard kind == .direct || !words.isEmpty else { throw .badRequest("title is missing: name the room") }
        return kind == .direct ? "" : words
    }

    /// The maker and whom they named.
    private func members(_ body: ObjectReader, kind: RoomKind, maker: User) async throws -> [Participant] {
        var ids: [UserID] = []
        if let given = body.optional("members") {
            guard let list = given.array, list.count <= Self.maxMembers else {
                throw HubError.badRequest("members must be a list of at most \(Self.maxMembers) user ids")
            }
            for entry in list {
                guard let id = entry.string.flatMap(UserID.init) else {
                    throw HubError.badRequest("members must be user ids")
                }
                if id != maker.id, !ids.contains(id) { ids.append(id) }
            }
        }
        guard kind != .direct || ids.count == 1 else {
            throw HubError.badRequest("a direct room needs exactly one other member")
        }
        let active = Dictionary(
            uniqueKeysWithValues: try await users.users().filter { !$0.isDisabled }.map { ($0.id, $0) })
        return try [maker.participant]
            + ids.map { id in
                guard let user = active[id] else { throw HubError.notFound("\(id) is no active member of staff") }
                return user.participant
            }
    }

    private func change(_ change: EventContent.MembershipChange, _ call: Call) async throws -> Response {
        let (actor, context) = (call.caller.user, call.context)
        guard let room = RoomID(try context.parameters.require("room")),
            let userID = UserID(try context.parameters.require("user"))
        else { throw HubError.notFound("there is no such room or user") }
        try await gateway.authorize(.staff(actor), in: room)
        guard let row = try await rooms.room(room), row.kind == .group else {
            throw HubError.badRequest("only groups have members that can be changed")
        }
        guard let user = try await users.user(userID), change == .removed || !user.isDisabled else {
            throw HubError.notFound("\(userID) is no active member of staff")
        }
        let isMember = try await rooms.members(of: room).contains { $0.id == user.id.text }
        guard isMember != (change == .added) else { return Response(status: .noContent) }
        let draft = Draft(
            author: actor.participant,
            mid: .fresh(),
            content: .membership(change, who: user.participant)
        )
        _ = try await gateway.append(draft, to: room)
        if change == .added { await gateway.announce(row, to: [user.id]) }
        return Response(status: .noContent)
    }
}
