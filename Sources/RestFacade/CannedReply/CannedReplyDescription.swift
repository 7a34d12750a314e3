import Domain

/// Canned replies as the API describes and reads them.
enum CannedReplyDescription {
    private static let text = Schema.text(TextRule(.prose, 1...ReplyTemplate.maxLength))

    private static let variables = ReplyVariable.allCases.map { "{{\($0.rawValue)}}" }.joined(separator: ", ")

    static let resource = ResourceSchema(
        "CannedReply",
        [
            .readOnly("id", .id(CannedReplyID.self)),
            .required("shortcut", .line(CannedReply.maxShortcutLength), "What agents type after `/`; unique."),
            .nullable("text_ar", text, "One of both texts must be there. Variables: \(variables)."),
            .nullable("text_en", text),
            .nullable("team", .id(TeamID.self), "Whose it is; null for everybody's."),
        ] + ResourceSchema.Field.bookkeeping
    )

    static let filters: [Endpoint.Parameter] = [
        .init(name: "team", schema: .id(TeamID.self)),
        .init(name: "usable", schema: .boolean, note: "true: everybody's, and those of one's own teams."),
        .init(name: "shortcut", schema: .line(CannedReply.maxShortcutLength)),
    ]

    static func filter(_ call: Call) throws(HubError) -> CannedReplyFilter {
        var filter = CannedReplyFilter()
        filter.team = try call.query.id("team")
        filter.usableBy = try call.query.bool("usable") == true ? call.caller.user.id : nil
        filter.shortcut = try call.query.text("shortcut")
        return filter
    }

    static func merge(_ body: Members, into entry: inout CannedReplyEntry) throws(HubError) {
        var shortcut = entry.reply.shortcut
        var textAr = entry.reply.arabic?.source
        var textEn = entry.reply.english?.source
        try body.set(&shortcut, "shortcut")
        try body.set(&textAr, "text_ar")
        try body.set(&textEn, "text_en")
        try body.set(&entry.team, "team")
        entry.reply = try CannedReply(shortcut: shortcut, textAr: textAr, textEn: textEn)
    }

    /// One that is not there yet.
    static func make(_ body: Members, at moment: Timestamp) throws(HubError) -> CannedReplyEntry {
        let reply = try CannedReply(
            shortcut: body.text("shortcut") ?? "", textAr: body.text("text_ar"), textEn: body.text("text_en"))
        return CannedReplyEntry(id: .make(at: moment), team: try body.id("team"), reply: reply, at: moment)
    }

    // MARK: Rendering

    static let rendering = Schema.object(
        ObjectSchema(
            name: "CannedReplyRendering",
            members: [
                .required("room", .id(RoomID.self), "The conversation whose values are filled in."),
                .optional("language", .choice(Language.self), "The customer's when not given."),
            ]
        ))

    static let rendered = Schema.object(
        ObjectSchema(
            name: "RenderedReply",
            members: [
                .required("text", .anyText, "Variables without a value still stand in it."),
                .required(
                    "missing", .list(.choice(ReplyVariable.self), count: 0...ReplyVariable.allCases.count),
                    "Variables without a value: fill them in before it is sent."),
                .required("language", .choice(Language.self), "Of the text."),
            ]
        ))

    static func document(_ filled: ReplyTemplate.Filled, _ language: Language) -> JSONValue {
        .object([
            "text": .string(filled.text),
            "missing": .array(filled.missing.map { .string($0.rawValue) }),
            "language": .string(language.rawValue),
        ])
    }
}
