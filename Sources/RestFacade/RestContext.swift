package import Hummingbird
import Logging
import NIOCore

/// What every request carries: who is at the other end of the connection.
package struct RestContext: RequestContext {
    package var coreContext: CoreRequestContextStorage
    /// The address of the TCP connection, without a port; empty when it is gone already.
    package let peer: String

    package init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        peer = source.channel.remoteAddress?.ipAddress ?? ""
    }
}
