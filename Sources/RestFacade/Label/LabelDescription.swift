import Domain

/// Labels as the API describes and reads them.
enum LabelDescription {
    static let resource = ResourceSchema(
        "Label",
        [
            .readOnly("id", .id(LabelID.self)),
            .required("name_ar", .line(40), "Unique, whatever its spelling."),
            .nullable("name_en", .line(40)),
            .optional("color", .text(.color), "#RRGGBB; grey when not given."),
        ] + ResourceSchema.Field.bookkeeping
    )

    static func merge(_ body: Members, into label: inout Label) throws(HubError) {
        try body.set(&label.nameAr, "name_ar")
        try body.set(&label.nameEn, "name_en")
        try body.set(&label.color, "color")
    }

    // MARK: On conversations

    static let putting = Schema.object(
        ObjectSchema(
            name: "ConversationLabelsChange",
            members: [
                .required(
                    "labels", .list(.id(LabelID.self), count: 0...Label.maxPerConversation),
                    "All that it is to carry; the others are taken off.")
            ]
        ))

    static let carried = Schema.object(
        ObjectSchema(
            name: "ConversationLabels",
            members: [.required("labels", .list(.object(mark), count: 0...Label.maxPerConversation))]
        ))

    private static let mark = ObjectSchema(
        name: "LabelMark",
        members: [
            .required("id", .id(LabelID.self)),
            .required("name_ar", .line(40)),
            .required("name_en", .nullable(.line(40))),
            .required("color", .text(.color)),
        ]
    )
}
