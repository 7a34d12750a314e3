import Domain
import NIOCore

/// A file as a multipart form (RFC 7578), read piece by piece.
struct WhatsAppUpload: Sendable {
    let contentType: String
    /// In bytes.
    let length: Int64
    private let head: String
    private let tail: String
    private let file: any BlobReader

    private static let pieceBytes = 256 * 1024

    init(file: any BlobReader, name: String, type: String) {
        // Not in any file but by intent; and then the form is refused, not misread as ours.
        let boundary = "hub-" + String(UInt64.random(in: .min ... .max), radix: 36)
        let type = Self.plain(type)
        head =
            Self.field("messaging_product", "whatsapp", boundary) + Self.field("type", type, boundary)
            + "--\(boundary)\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\(Self.plain(name))\"\r\n"
            + "Content-Type: \(type)\r\n\r\n"
        tail = "\r\n--\(boundary)--\r\n"
        contentType = "multipart/form-data; boundary=\(boundary)"
        length = Int64(head.utf8.count + tail.utf8.count) + file.size
        self.file = file
    }

    private static func field(_ name: String, _ value: String, _ boundary: String) -> String {
        "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n"
    }

    /// What cannot end a quoted text or a line.
    private static func plain(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { scalar in
                    scalar.value < 0x20 || scalar == "\"" || scalar == "\\" || scalar.value == 0x7F ? "_" : scalar
                }))
    }

    var pieces: Pieces { Pieces(upload: self) }

    /// The form's bytes in order.
    struct Pieces: AsyncSequence, Sendable {
        fileprivate let upload: WhatsAppUpload

        func makeAsyncIterator() -> Iterator { Iterator(upload: upload) }

        struct Iterator: AsyncIteratorProtocol {
            private enum Part {
                case head
                case file(Int64)
                case end
            }

            private let upload: WhatsAppUpload
            private var part = Part.head

            fileprivate init(upload: WhatsAppUpload) { self.upload = upload }

            mutating func next() async throws -> ByteBuffer? {
                switch part {
                case .head:
                    part = .file(0)
                    return ByteBuffer(string: upload.head)
                case .file(let offset):
                    let piece = try await upload.file.read(at: offset, count: WhatsAppUpload.pieceBytes)
                    guard piece.isEmpty else {
                        part = .file(offset + Int64(piece.count))
                        return ByteBuffer(bytes: piece)
                    }
                    part = .end
                    return ByteBuffer(string: upload.tail)
                case .end:
                    return nil
                }
            }
        }
    }
}
