import Domain

/// Messages as the API takes them.
enum MessageDescription {
    static let message = Schema.object(
        ObjectSchema(
            name: "NewMessage",
            members: [
                .required("kind", .choice(["text", "file", "template", "interactive"])),
                .required(
                    "body", .anyObject,
                    """
                    `text`: `{text, mentions?}`; `mentions` are ids of colleagues whom it calls by name, in a side room \
                    or an internal room only. `file`: `{attachment, caption?}`, uploaded first. `template`: `{name, language, \
                    params?}`. `interactive`: `{text, header?, footer?}` and one of `buttons: [{id, title}]`, `list: \
                    {button, sections: [{title?, rows: [{id, title, description?}]}]}`, `link: {title, url}`.
                    """),
                .optional("reply_to", .nullable(seq), "The message that it answers."),
                .optional("seen", .nullable(.count), "The last event that its author saw."),
                .optional("epoch", .nullable(.count), "Changes of owner that its author knew of."),
            ]
        ))

    static let reaction = Schema.object(
        ObjectSchema(
            name: "Reaction",
            members: [
                .required("emoji", .line(64)),
                .optional("on", .nullable(.boolean), "False takes it back; true when not given."),
            ]
        ))

    static let reading = Schema.object(
        ObjectSchema(
            name: "Reading",
            members: [
                .required("upto", .count, "The last event that was read."),
                .optional("typing", .nullable(.boolean), "Whether an answer is being written."),
            ]
        ))

    static let written = Schema.object(
        ObjectSchema(
            name: "WrittenMessage",
            members: [
                .required("room", .id(RoomID.self)),
                .required("seq", .count),
                .required("at", .moment),
                .required("mid", .line(64)),
            ]
        ))

    static let read = Schema.object(ObjectSchema(name: "ReadMarker", members: [.required("upto", .count)]))

    static let refusals = """
        The customer wrote meanwhile (`messages` has what), the conversation changed hands, or a free text would come \
        more than 24 hours after the customer's last message (`templates` has what may be sent instead).
        """

    private static let seq = Schema.integer(1...Schema.maxExactInteger)
}
