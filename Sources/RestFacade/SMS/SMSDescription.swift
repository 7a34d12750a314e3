import Domain

/// Short messages as the API describes and reads them.
enum SMSDescription {
    static let resource = ResourceSchema(
        "SMS",
        [
            .readOnly("id", .id(SMSID.self)),
            .readOnly("direction", .choice(SMSMessage.Direction.self), "`out` of the shop, `in` of a customer."),
            .fixedNullable(
                "contact", .id(ContactID.self),
                "Whose phone it is. To send one it must be given; null for a number of nobody's."),
            .fixedOptional(
                "phone", .line(0...64),
                "E.164. To send one: which of the contact's phones, when there are several. Empty after an erasure."),
            .fixed(
                "text", .text(TextRule(.prose, 1...SMSText.maxLength)),
                "Characters outside the first plane of Unicode count twice."),
            .readOnly("segments", .count, "Messages that are paid for."),
            .readOnlyNullable("conversation", .id(RoomID.self), "Where one that came stands before staff."),
            .readOnlyNullable("author", .id(UserID.self), "Who sent it."),
            .readOnlyNullable("status", .choice(MessageStatus.self), "How far one that leaves got."),
            .readOnlyNullable("problem", .prose(4000), "Why it was not sent."),
            .readOnly("version", .count, "Rises with what becomes known of it; also in ETag."),
            .readOnly("created_at", .moment),
        ]
    )

    static let filters: [Endpoint.Parameter] = [
        .init(name: "direction", schema: .choice(SMSMessage.Direction.self)),
        .init(name: "contact", schema: .id(ContactID.self)),
        .init(name: "phone", schema: .line(64), note: "E.164."),
    ]

    static func filter(_ query: Members, _ scope: CRMScope) throws(HubError) -> SMSFilter {
        var filter = SMSFilter(scope: scope)
        filter.direction = try query.choice("direction")
        filter.contact = try query.id("contact")
        filter.phone = try query.text("phone").map { ContactIdentity(.phone, $0)?.value ?? $0 }
        return filter
    }
}
