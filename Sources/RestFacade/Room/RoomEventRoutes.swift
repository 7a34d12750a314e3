import Actors
import Domain
import HTTPTypes
import Hummingbird
import NIOCore
import Wire

/// The log of a room over plain HTTP: a page, a long-poll, or a stream of server-sent events.
///
/// All three read the same pages of the same log; a stream only goes on reading.
struct RoomEventRoutes: EndpointGroup {
    let rooms: any RoomStore
    let gateway: any RoomGateway
    let bearer: BearerAuthentication
    let isDraining: @Sendable () -> Bool
    let settings: RestSettings
    let slots: StreamSlots

    private static let limits = 1...500
    private static let defaultLimit = 200
    /// How long a stream or a poll waits before it looks whether the hub is stopping.
    private static let patience = Duration.seconds(1)

    let title = "Room events"

    var endpoints: [Endpoint] {
        [
            Endpoint(
                method: .get, path: "/rooms/{room}/events", id: "listRoomEvents",
                summary: "The log of a room: a page, a long-poll with `wait`, or a stream of server-sent events.",
                access: .signedIn(.chat, answer), query: parameters, isStrict: false,
                answers: [
                    .init(
                        status: .ok,
                        note: "Events after `after`; a stream with `Accept: text/event-stream`.",
                        content: .either(RoomDescription.events, orMedia: "text/event-stream"))
                ])
        ]
    }

    private var parameters: [Endpoint.Parameter] {
        [
            .init(
                name: "after", schema: .integer(0...Int64.max), note: "The last `seq` that is known; 0 when not given."),
            .init(
                name: "limit", schema: .integer(Int64(Self.limits.lowerBound)...Int64(Self.limits.upperBound)),
                note: "\(Self.defaultLimit) when not given."),
            .init(
                name: "wait", schema: .integer(0...settings.maxPollWait.milliseconds / 1000),
                note: "Seconds to wait for news when there are none."),
        ]
    }

    private func answer(_ visit: Visit, _ principal: Principal) async throws -> Response {
        let request = visit.request
        guard let room = RoomID(try visit.context.parameters.require("room")) else {
            throw principal.isStaff
                ? HubError.notFound("there is no such room") : .forbidden("this room is not yours")
        }
        try await gateway.authorize(principal, in: room)
        let isStream = request.headers[.accept]?.contains("text/event-stream") == true
        return isStream ? try stream(room, principal, request) : try await page(room, principal, request)
    }

    // MARK: Page and long-poll

    private func page(_ room: RoomID, _ principal: Principal, _ request: Request) async throws -> Response {
        let after = try Self.number("after", of: request) ?? .zero
        let limit = try Self.limit(of: request)
        let wait = try wait(of: request)
        let slot = wait > .zero ? try slots.take(principal.participant) : nil
        defer { withExtendedLifetime(slot) {} }
        var events = try await rooms.events(of: room, after: after, limit: limit)
        var head = events.last?.seq ?? after
        if events.isEmpty {
            head = try await awaitHead(of: room, beyond: after, within: wait)
            if head > after { events = try await rooms.events(of: room, after: after, limit: limit) }
        } else if events.count == limit {
            head = max(head, try await gateway.head(of: room, beyond: .zero, within: .zero))
        }
        return .json { writer in
            writer.beginObject()
            writer.key("room")
            writer.id(room)
            writer.key("head")
            writer.integer(max(head, events.last?.seq ?? .zero).value)
            writer.key("events")
            writer.beginArray()
            for event in events { EventEncoder.write(event, for: principal.audience, into: &writer) }
            writer.endArray()
            writer.endObject()
        }
    }

    /// As `RoomGateway.head`, and ends when the hub stops.
    private func awaitHead(
        of room: RoomID,
        beyond seq: SequenceNumber,
        within wait: Duration
    ) async throws -> SequenceNumber {
        var left = wait
        while true {
            let head = try await gateway.head(of: room, beyond: seq, within: min(left, Self.patience))
            left -= Self.patience
            if head > seq || left <= .zero || isDraining() { return head }
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
        let slot = try slots.take(principal.participant)
        return Response(
            status: .ok,
            headers: [.contentType: "text/event-stream; charset=utf-8", .cacheControl: "no-store"],
            body: ResponseBody { writer in
                defer { withExtendedLifetime(slot) {} }
                // A client that goes away frees its place at once, not with the next write.
                try await request.body.consumeWithCancellationOnInboundClose { rest in
                    rest.letGo()
                    try await follow(room, principal, request, after: after, limit: limit, into: &writer)
                }
                try await writer.finish(nil)
            }
        )
    }

    /// Writes until the hub stops, the token ends or the room is closed to its bearer; the client asks again then.
    @concurrent
    private func follow(
        _ room: RoomID,
        _ principal: Principal,
        _ request: Request,
        after start: SequenceNumber,
        limit: Int,
        into writer: inout any ResponseBodyWriter
    ) async throws {
        var last = start
        var heartbeat = ContinuousClock.now + settings.streamHeartbeat
        var principal = principal
        try await writer.write(ByteBuffer(string: ": here\n\n"))
        while !Task.isCancelled, !isDraining() {
            let events: [RoomEvent]
            do {
                events = try await news(of: room, after: last, limit: limit)
                // Tokens end by time, which heartbeats tell; the right to the room may end with any event, so it is
                // asked for after they were read.
                if ContinuousClock.now >= heartbeat { principal = try await bearer.requester(of: request).principal }
                try await gateway.authorize(principal, in: room)
            } catch is HubError {
                return
            }
            if let newest = events.last {
                try await writer.write(Self.text(events, principal.audience))
                last = newest.seq
            }
            if ContinuousClock.now >= heartbeat {
                heartbeat = ContinuousClock.now + settings.streamHeartbeat
                try await writer.write(ByteBuffer(string: ": ping\n\n"))
            }
        }
    }

    /// What came after `last`; nothing when nothing came for a while.
    ///
    /// Only what the room's actor has seen: then it also knows whom an event has removed.
    private func news(of room: RoomID, after last: SequenceNumber, limit: Int) async throws -> [RoomEvent] {
        let head = try await gateway.head(of: room, beyond: last, within: min(Self.patience, settings.streamHeartbeat))
        guard head > last else { return [] }
        let events = try await rooms.events(of: room, after: last, limit: limit)
        return Array(events.prefix { $0.seq <= head })
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
