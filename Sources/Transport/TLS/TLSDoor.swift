import NIOCore
import NIOSSL
import Synchronization

/// Puts TLS in front of new connections; the certificate may be replaced while others go on.
package final class TLSDoor: Sendable {
    private let identity: Mutex<TLSIdentity>

    package init(_ identity: TLSIdentity) {
        self.identity = Mutex(identity)
    }

    /// New connections get this certificate; those that are open keep theirs.
    package func replace(with newer: TLSIdentity) {
        identity.withLock { $0 = newer }
    }

    /// Adds TLS to a new connection. Whatever is added behind sees plain bytes. On the channel's loop.
    func secure(_ channel: any Channel) throws {
        let context = identity.withLock { $0.context }
        let operations = channel.pipeline.syncOperations
        try operations.addHandler(PlainRequestHandler())
        try operations.addHandler(NIOSSLServerHandler(context: context))
    }
}
