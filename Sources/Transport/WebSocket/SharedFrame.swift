package import NIOCore

/// One text as the bytes that go to every receiver: framed once, and compressed at most once.
package struct SharedFrame: Sendable {
    /// The text's length before framing, in bytes.
    package let textBytes: Int
    package let plain: ByteBuffer
    /// Absent until `compress`, and when compressing does not pay.
    package private(set) var compressed: ByteBuffer?

    /// - Parameter text: see `FrameEncoder.encode(text:)` for how to hand it over without a copy.
    package init(text: consuming ByteBuffer) {
        self.textBytes = text.readableBytes
        self.plain = FrameEncoder.encode(text: text)
    }

    /// The text without its header.
    package var text: ByteBuffer {
        var text = self.plain
        text.moveReaderIndex(forwardBy: text.readableBytes - self.textBytes)
        return text
    }

    /// Compresses the text for receivers without context takeover; call it once, when there is such a receiver.
    ///
    /// A text below `thresholdBytes`, or one that does not get smaller, stays plain.
    package mutating func compress(with shared: SharedDeflate, thresholdBytes: Int) {
        guard self.textBytes >= thresholdBytes else { return }
        var frame = ByteBuffer()
        FrameEncoder.append(self.text, compressedBy: shared, to: &frame)
        if frame.readableBytes < self.plain.readableBytes { self.compressed = frame }
    }

    /// What to send to a receiver; nil if it has a stream of its own, which has to compress `text`.
    package func bytes(for compression: OutboundCompression) -> ByteBuffer? {
        switch compression {
        case .none: self.plain
        case .shared(let maxTextBytes): self.textBytes <= maxTextBytes ? self.compressed ?? self.plain : self.plain
        case .own: nil
        }
    }
}
