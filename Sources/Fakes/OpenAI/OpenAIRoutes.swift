import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// The part of the API that a hub uses.
struct OpenAIRoutes {
    let fake: OpenAIFake

    /// Bytes of a request, at most; what is larger is answered with 413.
    private static let maxBodyBytes = 32 * 1024 * 1024

    func add(to router: Router<ChannelContext>) {
        let routes = router.group("/v1")
        routes.get("models") { request, context in try await answer(.models, request, context) }
        routes.post("chat/completions") { request, context in try await answer(.chat, request, context) }
        routes.post("embeddings") { request, context in try await answer(.embeddings, request, context) }
    }

    private func answer(_ part: OpenAIPart, _ request: Request, _ context: ChannelContext) async throws -> Response {
        let bytes = try await request.body.collect(upTo: Self.maxBodyBytes)
        let body = try? JSON.parse(Data(bytes.readableBytesView))
        let authorization = request.headers[.authorization]
        let reply = await fake.change {
            $0.reply(part, body, authorization: authorization, at: OpenAIFake.now)
        }
        return try await ReplyWriter(fake: fake, channel: context.channel, reply: reply).respond()
    }
}
