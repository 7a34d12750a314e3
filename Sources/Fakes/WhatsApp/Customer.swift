/// Somebody with WhatsApp on their phone.
struct Customer: Sendable, Equatable {
    /// Business-scoped user id: `SA.` and digits.
    let userID: String
    /// Digits of the phone number; nil for somebody who hides it behind a username.
    var waID: String?
    var name: String
    var username: String?
    /// Whether messages arrive there at all.
    var isReachable = true
    /// Seconds of the fake's clock.
    var lastWroteAt: Double?

    /// What addresses them: the number, or the id of somebody who hides it.
    var address: String { waID ?? userID }

    /// As it stands in `contacts` of a webhook.
    var contact: JSON {
        .members([
            "profile": .members(["name": .string(name), "username": username.map(JSON.string)]),
            "wa_id": waID.map(JSON.string),
            "user_id": .string(userID),
        ])
    }
}
