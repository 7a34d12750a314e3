import Domain
import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1
import NIOPosix
import Testing

/// A plain HTTP/1.1 client: one connection for each request.
struct HTTPClient: Sendable {
    let port: Int

    func get(_ path: String, token: String? = nil, headers: [String: String] = [:]) async throws -> HTTPAnswer {
        try await send(.get, path, token: token, headers: headers)
    }

    func post(
        _ path: String,
        _ json: [String: JSONValue],
        token: String? = nil,
        headers: [String: String] = [:]
    ) async throws -> HTTPAnswer {
        var writer = JSONWriter()
        writer.value(.object(json))
        let headers = headers.merging(["Content-Type": "application/json"]) { given, _ in given }
        return try await send(.post, path, token: token, headers: headers, body: writer.bytes)
    }

    func patch(
        _ path: String,
        _ json: [String: JSONValue],
        token: String? = nil,
        headers: [String: String] = [:]
    ) async throws -> HTTPAnswer {
        let headers = headers.merging(["Content-Type": "application/merge-patch+json"]) { given, _ in given }
        let body = Array(JSONValue.object(json).text.utf8)
        return try await send(.patch, path, token: token, headers: headers, body: body)
    }

    /// Sends a request and reads its whole answer.
    func send(
        _ method: HTTPRequest.Method,
        _ path: String,
        token: String? = nil,
        headers: [String: String] = [:],
        body: [UInt8]? = nil
    ) async throws -> HTTPAnswer {
        let request = try Self.request(method, path, token: token, headers: headers, length: body?.count)
        let port = port
        return try await within(.seconds(60), "an answer to \(method) \(path)") {
            try await Self.exchange(port, request, body) { head, parts in
                var bytes: [UInt8] = []
                while case .body(let buffer)? = try await parts.next(isolation: #isolation) {
                    bytes += Array(buffer.readableBytesView)
                }
                return HTTPAnswer(head: head, body: bytes)
            }
        }
    }

    /// Sends a request for an event stream and hands its events to `read`, which ends it by returning.
    func stream<Value: Sendable>(
        _ path: String,
        token: String? = nil,
        headers: [String: String] = [:],
        _ read: @escaping @Sendable (inout EventStreamReader) async throws -> Value
    ) async throws -> Value {
        let headers = headers.merging(["Accept": "text/event-stream"]) { given, _ in given }
        let request = try Self.request(.get, path, token: token, headers: headers, length: nil)
        let port = port
        return try await within(.seconds(60), "the end of a stream of \(path)") {
            try await Self.exchange(port, request, nil) { head, parts in
                #expect(head.status == .ok)
                #expect(head.headerFields[.contentType] == "text/event-stream; charset=utf-8")
                var reader = EventStreamReader(parts)
                return try await read(&reader)
            }
        }
    }

    // MARK: The connection

    typealias Parts = NIOAsyncChannelInboundStream<HTTPResponsePart>.AsyncIterator

    private static func exchange<Value: Sendable>(
        _ port: Int,
        _ request: HTTPRequest,
        _ body: [UInt8]?,
        _ read: @Sendable (HTTPResponse, inout Parts) async throws -> Value
    ) async throws -> Value {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHTTPClientHandlers()
                    try channel.pipeline.syncOperations.addHandler(HTTP1ToHTTPClientCodec())
                    return try NIOAsyncChannel<HTTPResponsePart, HTTPRequestPart>(
                        wrappingChannelSynchronously: channel)
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            try await outbound.write(.head(request))
            if let body { try await outbound.write(.body(ByteBuffer(bytes: body))) }
            try await outbound.write(.end(nil))
            var parts = inbound.makeAsyncIterator()
            guard case .head(let head)? = try await parts.next(isolation: #isolation) else {
                throw NeverHappened(what: "a response head")
            }
            return try await read(head, &parts)
        }
    }

    private static func request(
        _ method: HTTPRequest.Method,
        _ path: String,
        token: String?,
        headers: [String: String],
        length: Int?
    ) throws -> HTTPRequest {
        var request = HTTPRequest(method: method, scheme: "http", authority: "hub.example", path: path)
        for (name, value) in headers { request.headerFields[try #require(HTTPField.Name(name))] = value }
        if let token { request.headerFields[.authorization] = "Bearer \(token)" }
        if let length, request.headerFields[.contentLength] == nil {
            request.headerFields[.contentLength] = String(length)
        }
        return request
    }
}
