/// How WhatsApp is told whom a message is for.
package enum WhatsAppRecipient: Sendable, Equatable {
    /// Digits only.
    case phone(String)
    /// A business-scoped user id, of somebody who hides the number.
    case user(String)

    /// The number where it is known: not everything may be sent to a user id. Nil when neither is there.
    package init?(phone: String?, userID: String?) {
        if let phone, !phone.isEmpty {
            self = .phone(phone)
        } else if let userID, !userID.isEmpty {
            self = .user(userID)
        } else {
            return nil
        }
    }

    /// The member of a request. A user id in `to` is answered with success and dropped.
    package var member: (name: String, value: JSONValue) {
        switch self {
        case .phone(let phone): ("to", .string(phone))
        case .user(let id): ("recipient", .string(id))
        }
    }
}
