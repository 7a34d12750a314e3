package import NIOCore

/// The limits of one WebSocket connection, with the defaults the hub starts with.
package struct SocketLimits: Hashable, Sendable {
    /// The most payload bytes of one data frame on the wire; more closes with 1009.
    ///
    /// 64 KiB holds the longest message (8,000 characters of JSON) many times over.
    package var maxFrameBytes = 64 * 1024

    /// The most bytes of a message, both on the wire and inflated; more closes with 1009.
    ///
    /// It is what one connection can make the hub hold, so it is no larger than one frame.
    package var maxMessageBytes = 64 * 1024

    /// The most bytes of the request head of an opening handshake; more answers 431.
    ///
    /// Browsers send about 1 KiB and the cookies of the site, for which 8 KiB are usual.
    package var maxHeadBytes = 16 * 1024

    /// The most header fields of an opening handshake; more answers 431. Browsers send about 15.
    package var maxHeadFields = 64

    /// How long a client may take to send its request head before it is answered 408.
    ///
    /// A head is one packet; 10 s forgive a lost packet on a bad mobile network and end a slowloris.
    package var handshakeTimeout = TimeAmount.seconds(10)

    /// How often the hub pings. `hello` tells it to clients as `ping_ms`.
    ///
    /// Carriers forget idle TCP connections after 30 s at the earliest.
    package var pingInterval = TimeAmount.seconds(25)

    /// How long after a ping something must have come before the connection is closed with 4201.
    ///
    /// Shorter than the interval, so that a dead connection is known before the next ping.
    package var pingTimeout = TimeAmount.seconds(20)

    /// How long the hub waits for the peer's close frame, or for its end of the connection, before it drops it.
    ///
    /// A live client answers within a round trip; until then the descriptor is in use.
    package var closeTimeout = TimeAmount.seconds(5)

    /// The least bytes of a text that is worth compressing; shorter ones go plain.
    ///
    /// Below about 100 bytes the saving is a few bytes of a packet that is sent anyway.
    package var compressionThresholdBytes = 128

    /// What the kernel may hold of a socket's unsent bytes; it doubles the number for its own bookkeeping.
    ///
    /// Left to itself it holds up to 4 MiB of a client that does not read. 128 KiB keep a link of 10 Mbit/s with 100 ms
    /// of delay busy.
    package var sendBufferBytes = 128 * 1024

    package init() {}
}
