import Hummingbird
import NIOCore

/// A request that knows its connection, so that it can tell when the other side has gone and can cut it.
struct ChannelContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    let channel: any Channel

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        channel = source.channel
    }
}
