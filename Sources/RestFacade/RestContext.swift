package import Hummingbird
import Logging
import NIOCore

/// What every request carries: who is at the other end of the connection.
package struct RestContext: RequestContext {
    package var coreContext: CoreRequestContextStorage
    /// The address of the TCP connection, without a port; empty when it is gone already.
    package let peer: String
    /// Names the request in the log and to the client. The same in both, unless the log keeps no metadata.
    package let requestID: String
    private let channel: any Channel

    package init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        channel = source.channel
        requestID = source.logger[metadataKey: "hb.request.id"]?.description ?? RequestID().description
        peer = source.channel.remoteAddress?.ipAddress ?? ""
    }

    /// Closes the connection after a while, whatever the other end is still sending.
    func endConnection(after delay: Duration) {
        let channel = channel
        channel.eventLoop.scheduleTask(in: TimeAmount(delay)) { channel.close(promise: nil) }
    }
}
