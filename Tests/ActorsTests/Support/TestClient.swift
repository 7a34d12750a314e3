import Actors
import Domain
import NIOCore
import Synchronization
import Testing
import Wire

/// One client: sends frames as text, and keeps everything it is told.
final class TestClient: Sendable {
    private struct State {
        var frames: [JSONValue] = []
        var replies: [Int64: JSONValue] = [:]
        var nextID: Int64 = 1
        var copies: [RoomID: RoomCopy] = [:]
        /// Rooms whose pages are read to their end without being asked again.
        var isFollowing: Set<RoomID> = []
        var session: SessionActor?
        var closed: DisconnectReason?
    }

    let connection: ConnectionHandle
    private let lane: RecordingLane
    private let hub: TestHub
    private let entrance: Entrance
    private let state = Mutex(State())

    init(_ hub: TestHub, _ entrance: Entrance, _ lane: RecordingLane, id: ConnectionID) {
        self.hub = hub
        self.entrance = entrance
        self.lane = lane
        connection = ConnectionHandle(
            id: id, socket: lane.nextSocket(), address: nil, lane: lane, execution: lane)
        lane.add(self)
    }

    // MARK: From the lane

    func received(_ frame: ByteBuffer) {
        guard let value = try? JSONParser.parse(String(buffer: frame)) else {
            Issue.record("no JSON: \(String(buffer: frame))")
            return
        }
        let next = state.withLock { state -> (RoomID, Int64)? in
            state.frames.append(value)
            if let id = value["re"]?.integer { state.replies[id] = value }
            if let joins = value["ok"]?["rooms"]?.object {
                for (room, reply) in joins { RoomID(room).map { state.copies[$0]?.joined(reply) } }
            }
            guard let name = value["room"]?.string ?? value["ok"]?["room"]?.string, let room = RoomID(name) else {
                return nil
            }
            if value["seq"] != nil {
                state.copies[room]?.pushed(value)
            } else if value["ev"]?.string == "behind" {
                state.copies[room]?.fellBehind()
            } else if let reply = value["ok"], reply["events"] != nil {
                state.copies[room]?.joined(reply)
            }
            guard let copy = state.copies[room], !copy.isLive, state.isFollowing.contains(room) else { return nil }
            return (room, copy.last)
        }
        if let (room, last) = next { send(#""op":"join","id":0,"room":"\#(room)","after":\#(last),"limit":40"#) }
    }

    func accepted(by session: SessionActor) {
        state.withLock { $0.session = session }
    }

    func closed(_ reason: DisconnectReason) {
        state.withLock { $0.closed = reason }
        disconnect()
    }

    /// The socket is gone, for whatever reason.
    func disconnect() {
        lane.remove(connection.socket)
        let session = state.withLock { state in
            defer { state.session = nil }
            return state.session
        }
        session?.disconnected(connection.id)
    }

    // MARK: Sending

    /// Sends the members of a frame, as a socket would hand them on.
    func send(_ members: String) {
        switch ClientFrame(ByteBuffer(string: "{\(members)}")) {
        case .malformed(let error, _): Issue.record("\(members): \(error.message)")
        case .command(.authenticate(let request), let id):
            let live = state.withLock { $0.session }
            hub.sessions.authenticate(request, id: id, as: entrance, connection, live: live)
        case .command(let command, let id):
            state.withLock { $0.session }?.receive(command, id: id, from: connection.id)
        }
    }

    func nextID() -> Int64 {
        state.withLock { state in
            defer { state.nextID += 1 }
            return state.nextID
        }
    }

    /// Sends a frame and waits for its reply.
    func call(_ members: String, at location: SourceLocation = #_sourceLocation) async throws -> JSONValue {
        let id = nextID()
        send("\"id\":\(id),\(members)")
        return try await reply(to: id, at: location)
    }

    func reply(to id: Int64, at location: SourceLocation = #_sourceLocation) async throws -> JSONValue {
        try await eventually("a reply to \(id)", at: location) { state.withLock { $0.replies[id] } != nil }
        return state.withLock { $0.replies[id] } ?? .null
    }

    // MARK: What it knows

    var frames: [JSONValue] { state.withLock { $0.frames } }
    var closedFor: DisconnectReason? { state.withLock { $0.closed } }

    func copy(of room: RoomID) -> RoomCopy {
        state.withLock { $0.copies[room] } ?? RoomCopy(after: 0)
    }

    /// Keeps a copy of the room from here on, reading page after page until it is live.
    func follow(_ room: RoomID, after seq: Int64 = 0) {
        state.withLock { state in
            state.copies[room] = RoomCopy(after: seq)
            state.isFollowing.insert(room)
        }
        send(#""op":"join","id":0,"room":"\#(room)","after":\#(seq),"limit":40"#)
    }

    /// As `follow`, for a room that another frame joins.
    func expect(_ room: RoomID, after seq: Int64 = 0) {
        state.withLock { state in
            state.copies[room] = RoomCopy(after: seq)
            state.isFollowing.insert(room)
        }
    }

    /// The pushes of a kind, of a room.
    func pushes(_ name: String, in room: RoomID? = nil) -> [JSONValue] {
        frames.filter { $0["ev"]?.string == name && (room == nil || $0["room"]?.string == room?.text) }
    }

    /// Waits until a push of this kind fits.
    func push(
        _ name: String,
        at location: SourceLocation = #_sourceLocation,
        where fits: (JSONValue) -> Bool = { _ in true }
    ) async throws -> JSONValue {
        try await eventually("a push \(name)", at: location) { pushes(name).contains(where: fits) }
        return pushes(name).first(where: fits) ?? .null
    }

    // MARK: Frames by name

    func say(_ text: String, in room: RoomID, mid: MID, at location: SourceLocation = #_sourceLocation) async throws
        -> JSONValue
    {
        try await call(Self.message(text, in: room, mid: mid), at: location)
    }

    static func message(_ text: String, in room: RoomID, mid: MID) -> String {
        #""op":"send","room":"\#(room)","mid":"\#(mid)","kind":"text","body":{"text":"\#(text)"}"#
    }

    func join(_ room: RoomID, _ more: String = "", at location: SourceLocation = #_sourceLocation) async throws
        -> JSONValue
    {
        try await call(#""op":"join","room":"\#(room)"\#(more)"#, at: location)
    }
}
