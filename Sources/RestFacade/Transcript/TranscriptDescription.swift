import Domain

/// What a transcript by e-mail takes and gives.
enum TranscriptDescription {
    static let order = Schema.object(
        ObjectSchema(
            name: "TranscriptOrder",
            members: [
                .optional(
                    "to", .text(.email),
                    "The customer's own address when not given. A visitor has no choice: it is that of their profile."),
                .optional("language", .choice(Language.self), "The customer's when not given."),
            ]
        ))

    static let posted = Schema.object(
        ObjectSchema(
            name: "PostedMail",
            members: [.required("mail", .line(64), "Part of its Message-ID.")]
        ))
}
