/// An uploaded file; its bytes are stored once under their digest.
package struct Attachment: Sendable, Equatable {
    /// Unguessable: whoever has it may read the file.
    package let id: AttachmentID
    /// SHA-256 of the bytes in lower-case hex.
    package let digest: String
    package let name: String
    /// The media type found in the bytes, not the one that was claimed.
    package let type: String
    /// In bytes.
    package let size: Int64
    /// In pixels; images only.
    package let width: Int?
    package let height: Int?
    package let uploader: Participant
    package let createdAt: Timestamp

    package init(
        id: AttachmentID,
        digest: String,
        name: String,
        type: String,
        size: Int64,
        width: Int?,
        height: Int?,
        uploader: Participant,
        createdAt: Timestamp
    ) {
        self.id = id
        self.digest = digest
        self.name = name
        self.type = type
        self.size = size
        self.width = width
        self.height = height
        self.uploader = uploader
        self.createdAt = createdAt
    }

    /// Path of the bytes below the hub's address.
    package var url: String {
        var path = "/api/v1/attachments/\(id)/"
        for byte in name.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
                path.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let hex = String(byte, radix: 16, uppercase: true)
                path += byte < 16 ? "%0\(hex)" : "%\(hex)"
            }
        }
        return path
    }

    package func reference(caption: String?) -> FileReference {
        FileReference(
            attachment: id,
            name: name,
            type: type,
            size: size,
            url: url,
            width: width,
            height: height,
            caption: caption
        )
    }
}
