import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// Sends a reply in its pace, and tells the world how it ended.
struct ReplyWriter: Sendable {
    let fake: OpenAIFake
    let channel: any Channel
    let reply: OpenAIReply

    /// The client closed the connection first.
    struct ClientIsGone: Error {}

    /// The connection is cut on purpose.
    struct IsCut: Error {}

    /// How late a client that went is noticed, at most.
    private static let notice = Duration.milliseconds(50)

    /// Waits as the reply says, and answers. Throws `ClientIsGone`.
    func respond() async throws -> Response {
        // Without this, a client that closes may still be waiting for an answer, and is not gone until a write fails.
        try await channel.setOption(ChannelOptions.allowRemoteHalfClosure, value: false).get()
        guard await isThere(until: .now + .seconds(reply.silence)) else {
            await end("cancelled", sent: 0)
            throw ClientIsGone()
        }
        var headers: HTTPFields = [.contentType: reply.contentType]
        for (name, value) in reply.headers {
            guard let name = HTTPField.Name(name) else { continue }
            headers[name] = value
        }
        let length = reply.hasLength ? reply.plan.byteCount : nil
        return Response(
            status: .init(code: reply.status), headers: headers,
            body: ResponseBody(contentLength: length) { writer in
                var sent = 0
                do {
                    try await write(to: &writer, &sent)
                } catch let error as IsCut {
                    await end(reply.plan.ending.rawValue, sent: sent)
                    try await cut()
                    throw error
                } catch {
                    await end("cancelled", sent: sent)
                    throw error
                }
                await end(reply.plan.ending.rawValue, sent: sent)
                try await writer.finish(nil)
            })
    }

    /// Counts bytes in `sent`. Throws `ClientIsGone`, `IsCut`, and what a closed connection throws.
    ///
    /// Concurrent as the writer's own methods are; it belongs to their isolation and may not leave it.
    @concurrent
    private func write(to writer: inout any ResponseBodyWriter, _ sent: inout Int) async throws {
        let start = ContinuousClock.now
        for write in reply.plan.writes {
            guard await isThere(until: start + .seconds(write.at)) else { throw ClientIsGone() }
            try await writer.write(ByteBuffer(bytes: write.bytes))
            sent += write.bytes.count
        }
        switch reply.plan.ending {
        case .finished, .truncated: break
        case .cut, .reset: throw IsCut()
        }
    }

    /// Waits; returns false as soon as the other side has gone.
    private func isThere(until deadline: ContinuousClock.Instant) async -> Bool {
        while channel.isActive, !Task.isCancelled {
            let now = ContinuousClock.now
            if now >= deadline { return true }
            try? await Task.sleep(until: min(deadline, now + Self.notice), clock: .continuous)
        }
        return false
    }

    /// Closes the connection behind what was written already.
    private func cut() async throws {
        // What was written passes through the event loop before this does.
        try await channel.eventLoop.submit {}.get()
        if reply.plan.ending == .reset, let options = channel as? any SocketOptionProvider {
            try await options.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
        }
        try await channel.close().get()
    }

    private func end(_ end: String, sent: Int) async {
        await fake.change { $0.end(reply.number, end, sent: sent, at: OpenAIFake.now) }
    }
}
