/// A stored attachment as a message shows it.
package struct FileReference: Sendable, Equatable {
    package let attachment: AttachmentID
    package let name: String
    /// The sniffed media type.
    package let type: String
    /// In bytes.
    package let size: Int64
    /// Path below the hub's address.
    package let url: String
    /// In pixels; images only.
    package let width: Int?
    package let height: Int?
    package let caption: String?

    package init(
        attachment: AttachmentID,
        name: String,
        type: String,
        size: Int64,
        url: String,
        width: Int?,
        height: Int?,
        caption: String?
    ) {
        self.attachment = attachment
        self.name = name
        self.type = type
        self.size = size
        self.url = url
        self.width = width
        self.height = height
        self.caption = caption
    }

    init?(json: JSONValue) {
        guard let attachment = json["attachment"]?.string.flatMap(AttachmentID.init),
            let name = json["name"]?.string, let type = json["type"]?.string,
            let size = json["size"]?.integer, let url = json["url"]?.string
        else { return nil }
        self.init(
            attachment: attachment,
            name: name,
            type: type,
            size: size,
            url: url,
            width: json["width"]?.integer.map(Int.init),
            height: json["height"]?.integer.map(Int.init),
            caption: json["caption"]?.string
        )
    }

    var json: JSONValue {
        var members: [String: JSONValue] = [
            "attachment": .string(attachment.text), "name": .string(name), "type": .string(type),
            "size": .integer(size), "url": .string(url),
        ]
        members["width"] = width.map { .integer(Int64($0)) }
        members["height"] = height.map { .integer(Int64($0)) }
        members["caption"] = caption.map { .string($0) }
        return .object(members)
    }
}
