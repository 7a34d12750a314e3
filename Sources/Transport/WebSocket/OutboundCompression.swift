/// How messages to one connection may be compressed.
package enum OutboundCompression: Hashable, Sendable {
    /// Nothing was agreed.
    case none
    /// Every message is compressed for itself and the frame can be shared, unless the text is longer than
    /// `maxTextBytes`: a reference back cannot be longer than the text, so a short text respects any window.
    case shared(maxTextBytes: Int)
    /// The connection has a stream of its own.
    case own(Deflater.Settings)

    package init(_ parameters: DeflateParameters?, policy: DeflatePolicy) {
        guard let parameters else {
            self = .none
            return
        }
        if parameters.serverNoContextTakeover {
            self = .shared(maxTextBytes: parameters.serverMaxWindowBits.map { 1 << $0 } ?? Int.max)
        } else {
            let settings = Deflater.Settings(
                level: policy.compressionLevel,
                windowBits: parameters.serverMaxWindowBits ?? policy.serverMaxWindowBits,
                memoryLevel: policy.memoryLevel
            )
            self = .own(settings)
        }
    }
}
