import Actors
import Domain
import HTTPTypes
import Hummingbird
import NIOCore
import Wire

/// The log of a room over plain HTTP: a page, a long-poll, or a stream of server-sent events.
///
/// All three read the same pages of the same log; a stream only goes on reading.
struct RoomEventRoutes: Sendable {
    let rooms: any RoomStore
    let gateway: any RoomGateway
    let bearer: BearerAuthentication
    let isDraining: @Sendable () -> Bool
    let settings: RestSettings

    private static let limits = 1...500
    private static let defaultLimit = 200
    /// How long a stream waits before it looks whether the hub is stopping.
    private static let patience = Duration.seconds(1)

    func add(to router: Router<RestContext>) {
        router.get("/api/v1/rooms/:room/events") { request, context in
            let principal = try await bearer.principal(of: request)
            guard let room = RoomID(try context.parameters.require("room")) else {
                throw principal.isStaff ? HubError.notFound("there is no such room") : .forbidden("this room is not yours")
            }
            try await gateway.authorize(principal, in: room)
            let isStream = request.headers[.accept]?.contains("text/event-stream") == true
            return isStream
                ? try stream(room, principal, request)
                : try await page(room, principal, request)
        }
    }

    // MARK: Page and long-poll

    private func page(_ room: RoomID, _ principal: Principal, _ request: Request) async throws -> Response {
        let after = try Self.number("after", of: request) ?? .zero
        let limit = try Self.limit(of: request)
        let wait = try wait(of: request)
        var events = try await rooms.events(of: room, after: after, limit: limit)
        var head = events.last?.seq ?? after
        if events.isEmpty {
            head = try await gateway.head(of: room, beyond: after, within: wait)
            if head > after { events = try await rooms.events(of: room, after: after, limit: limit) }
        } else if events.count == limit {
            head = max(head, try await gateway.head(of: room, beyond: .zero, within: .zero))
        }
        return .json { writer in
            writer.beginObject()
            writer.key("room")
            writer.string(room.text)
            writer.key("head")
            writer.integer(max(head, events.last?.seq ?? .zero).value)
            writer.key("events")
            writer.beginArray()
            for event in events { EventEncoder.write(event, for: principal.audience, into: &writer) }
            writer.endArray()
            writer.endObject()
        }
    }

    // MARK: Server-sent events

    private func stream(_ room: RoomID, _ principal: Principal, _ request: Request) throws -> Response {
        let resumed = try request.headers[.lastEventID].map { text throws(HubError) in
            guard let number = Int64(text), number >= 0 else {
                throw .badRequest("Last-Event-ID must be a sequence number")
            }
            return SequenceNumber(number)
        }
        let after = try resumed ?? Self.number("after", of: request) ?? .zero
        let limit = try Self.limit(of: request)
        let token = request.headers[.authorization]
        return Response(
            status: .ok,
            headers: [.contentType: "text/event-stream; charset=utf-8", .cacheControl: "no-store"],
            body: ResponseBody { writer in
                try await follow(room, principal, after: after, limit: limit, token: token, into: &writer)
                try await writer.finish(nil)
            }
        )
    }

    @concurrent
    private func follow(
        _ room: RoomID,
        _ principal: Principal,
        after start: SequenceNumber,
        limit: Int,
        token: String?,
        into writer: inout any ResponseBodyWriter
    ) async throws {
        var last = start
        try await writer.write(ByteBuffer(string: ": here\n\n"))
        var silence = Duration.zero
        while !Task.isCancelled, !isDraining() {
            let events = try await rooms.events(of: room, after: last, limit: limit)
            if let newest = events.last {
                try await writer.write(Self.text(events, principal.audience))
                last = newest.seq
                silence = .zero
                continue
            }
            let head = try await gateway.head(of: room, beyond: last, within: Self.patience)
            silence += Self.patience
            if head <= last, silence >= settings.streamHeartbeat {
                silence = .zero
                // The token may have ended, or the right to the room: asked again with each heartbeat.
                try await gateway.authorize(try await bearer.principal(authorization: token), in: room)
                try await writer.write(ByteBuffer(string: ": ping\n\n"))
            }
        }
    }

    /// `id:` is the number, so that a browser's `Last-Event-ID` resumes (HTML Standard, 9.2).
    private static func text(_ events: [RoomEvent], _ audience: Audience) -> ByteBuffer {
        var text = ByteBuffer()
        for event in events {
            text.writeString("id: \(event.seq)\ndata: ")
            text.writeImmutableBuffer(.json { EventEncoder.write(event, for: audience, into: &$0) })
            text.writeStaticString("\n\n")
        }
        return text
    }

    // MARK: Parameters

    private static func number(_ name: Substring, of request: Request) throws(HubError) -> SequenceNumber? {
        guard let text = request.uri.queryParameters[name] else { return nil }
        guard let number = Int64(text), number >= 0 else { throw .badRequest("\(name) must be a sequence number or 0") }
        return SequenceNumber(number)
    }

    private static func limit(of request: Request) throws(HubError) -> Int {
        guard let text = request.uri.queryParameters["limit"] else { return defaultLimit }
        guard let limit = Int(text), limits.contains(limit) else {
            throw .badRequest("limit must be an integer from \(limits.lowerBound) to \(limits.upperBound)")
        }
        return limit
    }

    private func wait(of request: Request) throws(HubError) -> Duration {
        guard let text = request.uri.queryParameters["wait"] else { return .zero }
        let longest = settings.maxPollWait.milliseconds / 1000
        guard let seconds = Int64(text), (0...longest).contains(seconds) else {
            throw .badRequest("wait must be seconds from 0 to \(longest)")
        }
        return .seconds(seconds)
    }
}
