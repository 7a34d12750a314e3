import NIOCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The descriptor of a TCP socket, for writing past the channel that owns it.
///
/// A channel's write costs 2 µs of user time per delivery, this costs next to nothing; the rest is the kernel's.
/// Valid only on the channel's event loop, and until the channel becomes inactive: NIO closes the descriptor and tells
/// the handlers in one go, so that nothing can run in between.
struct SocketDescriptor: Equatable {
    enum Outcome: Equatable {
        /// So many bytes were taken; fewer than offered when the socket is full.
        case taken(Int)
        /// The connection is broken; the channel will notice on its own.
        case broken
    }

    /// Stands for a socket that must not be written to directly.
    static let closed = SocketDescriptor(number: -1)

    private let number: CInt

    private init(number: CInt) {
        self.number = number
    }

    /// The descriptor of a channel whose bytes go out as they are; `closed` for any other kind of channel.
    init(of channel: any Channel) {
        let number = try? channel.pipeline.syncOperations.withUnsafeTransportIfAvailable(of: CInt.self) { $0 }
        self.init(number: number ?? -1)
    }

    /// Offers bytes to the socket without waiting.
    func offer(_ bytes: ByteBuffer) -> Outcome {
        bytes.withUnsafeReadableBytes { bytes in
            while true {
                let count = send(number, bytes.baseAddress, bytes.count, CInt(MSG_DONTWAIT) | CInt(MSG_NOSIGNAL))
                if count >= 0 { return .taken(count) }
                switch errno {
                case EINTR: continue
                case EAGAIN, ENOBUFS: return .taken(0)
                default: return .broken
                }
            }
        }
    }
}
