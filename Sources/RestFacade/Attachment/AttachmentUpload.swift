import Domain
import NIOCore

/// Takes the bytes of one upload into the blob store while it finds out what they are.
///
/// One that is not finished is discarded by its owner and leaves nothing behind.
struct AttachmentUpload {
    /// Bytes that are gathered before they go to the disk together.
    private static let pieceBytes = 128 * 1024

    private let writer: any BlobWriter
    private var inspector: AttachmentInspector
    private var piece: [UInt8] = []

    init(into writer: any BlobWriter, maxImagePixels: Int) {
        self.writer = writer
        inspector = AttachmentInspector(maxImagePixels: maxImagePixels)
    }

    /// Throws `UnsupportedMedia` or `too_large` as soon as it is clear.
    mutating func take(_ buffer: ByteBuffer) async throws {
        let bytes = Array(buffer.readableBytesView)
        try inspector.take(bytes)
        piece += bytes
        if piece.count >= Self.pieceBytes { try await flush() }
    }

    /// Throws as `take`, and `bad_request` for no bytes at all.
    mutating func finish() async throws -> (finding: AttachmentInspector.Finding, receipt: BlobReceipt) {
        let finding = try inspector.finish()
        try await flush()
        return (finding, try await writer.finish())
    }

    func discard() async {
        await writer.discard()
    }

    private mutating func flush() async throws {
        guard !piece.isEmpty else { return }
        try await writer.write(piece)
        piece.removeAll(keepingCapacity: true)
    }
}
