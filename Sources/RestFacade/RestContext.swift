import Domain
import HTTPTypes
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

    /// Ends the connection a while after `response` has been written, whatever the other end is still sending.
    ///
    /// Closing with bytes unread resets the connection, and the answer may be lost with it.
    func makeLast(_ response: inout Response, lingering delay: Duration) {
        let (channel, body) = (channel, response.body)
        response.headers[.connection] = "close"
        response.body = ResponseBody(contentLength: body.contentLength) { writer in
            try await body.write(writer)
            channel.eventLoop.scheduleTask(in: TimeAmount(delay)) { channel.close(promise: nil) }
        }
    }
}

extension TrustedProxies {
    /// Who sent a request; nil when the connection is gone already.
    func client(of request: Request, _ context: RestContext) -> NetworkAddress? {
        NetworkAddress(context.peer).map { client(peer: $0, forwardedFor: request.headers[values: .forwardedFor]) }
    }
}
