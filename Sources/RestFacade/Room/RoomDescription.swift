import Domain

/// Rooms and their events as the API shows them; what each event holds is in the contract of the sockets.
enum RoomDescription {
    static let creation = Schema.object(
        ObjectSchema(
            name: "RoomCreation",
            members: [
                .required("kind", .choice(RoomKind.allCases.filter(\.isInternal).map(\.rawValue))),
                .optional("title", .nullable(.anyText), "Needed but for a direct room."),
                .optional(
                    "members", .nullable(.list(.id(UserID.self), count: 0...RoomRoutes.maxMembers)),
                    "Ids of colleagues; exactly one for a direct room."),
            ],
            isOpen: true
        ))

    static let room = Schema.object(
        ObjectSchema(
            name: "Room",
            members: [
                .required("id", .id(RoomID.self)),
                .required("kind", .choice(RoomKind.self)),
                .required("title", .prose(RoomRoutes.maxTitleLength), "Empty for a direct room."),
                .required("head", .count, "The number of its newest event."),
                .required("unread", .count),
                .required("members", .list(.object(member), count: 0...RoomRoutes.maxMembers + 1)),
                .required("last", .nullable(.anyObject), "What a list shows of the newest message."),
            ]
        ))

    static let rooms = Schema.object(
        ObjectSchema(name: "Rooms", members: [.required("rooms", .list(room, count: 0...Int(Int32.max)))]))

    static let events = Schema.object(
        ObjectSchema(
            name: "RoomEvents",
            members: [
                .required("room", .id(RoomID.self)),
                .required("head", .count),
                .required("events", .list(.object(event), count: 0...500)),
            ]
        ))

    private static let member = ObjectSchema(
        name: "RoomMember",
        members: [.required("id", .line(100)), .required("name", .line(400))]
    )

    static let event = ObjectSchema(
        name: "RoomEvent",
        members: [
            .required("ev", .line(40), "What happened; more members follow from it."),
            .required("room", .id(RoomID.self)),
            .required("seq", .count, "Dense: a gap is a loss."),
            .required("at", .moment),
            .required("by", .anyObject),
            .optional("mid", .line(400), "The author's name for it; what the hub noted by itself has none."),
        ],
        isOpen: true
    )
}
