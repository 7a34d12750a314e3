import Domain

/// Ratings as the API describes and reads them.
enum RatingDescription {
    static let answer = Schema.object(
        ObjectSchema(
            name: "RatingCreation",
            members: [
                .required("survey", .integer(1...Schema.maxExactInteger), "`seq` of the event that asked."),
                .required("score", .integer(SurveyAnswer.scores), "From 1, bad, to 5, good."),
                .optional("comment", .nullable(.prose(SurveyAnswer.maxCommentLength))),
            ]
        ))

    static let kept = Schema.object(
        ObjectSchema(
            name: "RatingReceipt",
            members: [.required("seq", .count, "Its event in the room."), .required("at", .moment)]
        ))

    static let resource = ResourceSchema(
        "Rating",
        [
            .readOnly("conversation", .id(RoomID.self)),
            .readOnly("seq", .count),
            .readOnly("at", .moment),
            .readOnly("by", .anyObject, "The customer: kind, id, name."),
            .readOnly("survey", .count, "`seq` of the event that asked."),
            .readOnly("score", .integer(SurveyAnswer.scores)),
            .readOnlyNullable("comment", .prose(SurveyAnswer.maxCommentLength)),
        ]
    )

    static let filters: [Endpoint.Parameter] = [
        .init(name: "conversation", schema: .id(RoomID.self)),
        .init(name: "since", schema: .moment, note: "At or after this moment."),
        .init(name: "until", schema: .moment, note: "Before this moment."),
    ]

    static func filter(_ query: Members) throws(HubError) -> RatingFilter {
        var filter = RatingFilter()
        filter.conversation = try query.id("conversation")
        filter.since = try query.moment("since")
        filter.until = try query.moment("until")
        return filter
    }
}
