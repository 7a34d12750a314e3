import Domain

/// Files as the API shows them.
enum AttachmentDescription {
    static let attachment = Schema.object(
        ObjectSchema(
            name: "Attachment",
            members: [
                .required("id", .line(100)),
                .required("name", .line(400)),
                .required("type", .choice(MediaType.self), "As found in its bytes."),
                .required("size", .count, "In bytes."),
                .required("url", .line(1000), "Whoever has it can load the file."),
                .optional("width", .count, "Of a picture, in pixels."),
                .optional("height", .count),
            ]
        ))
}
