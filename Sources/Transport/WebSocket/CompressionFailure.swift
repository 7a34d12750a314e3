/// Why zlib could not do what was asked.
package enum CompressionFailure: Error, Hashable, Sendable {
    /// Not a DEFLATE stream, or a message that ends in the middle of a block.
    case corrupt
    /// The message inflates to more than the cap.
    case tooLarge
    /// There is no memory for zlib's window and tables.
    case outOfMemory

    /// The same as a reason to end the connection.
    var violation: ProtocolViolation {
        switch self {
        case .corrupt: .corruptCompression
        case .tooLarge: .messageTooLarge
        case .outOfMemory: .outOfMemory
        }
    }
}
