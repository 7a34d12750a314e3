import Domain

/// Mentions as the API describes them.
enum MentionDescription {
    static let resource = ResourceSchema(
        "Mention",
        [
            .readOnly("room", .id(RoomID.self), "An internal room, or the side room of a conversation."),
            .readOnly("kind", .choice(["side", "channel", "group", "direct"]), "Of the room."),
            .readOnly("title", .anyText, "Of the room; empty where it has none."),
            .readOnlyNullable("conversation", .id(RoomID.self), "Of a private note: what it is about."),
            .readOnlyNullable("customer", .anyObject, "Of that conversation: kind, id, name."),
            .readOnly("seq", .count, "The message."),
            .readOnly("event", .count, "The message, or the edit of it that mentioned first."),
            .readOnly("at", .moment),
            .readOnly("by", .anyObject, "Who wrote it: kind, id, name."),
            .readOnly("text", .anyText, "As it reads now: the first \(Mention.excerptLength) characters."),
            .readOnly("unread", .boolean, "Until the room is read up to `event`."),
        ]
    )

    static let filters: [Endpoint.Parameter] = [
        .init(name: "unread", schema: .boolean, note: "Only those that are unread, or only those that are not.")
    ]
}
