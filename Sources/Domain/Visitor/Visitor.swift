/// Somebody who chats from the website.
package struct Visitor: Sendable, Equatable {
    package let id: VisitorID
    /// The one conversation with the shop.
    package let room: RoomID
    package let profile: VisitorProfile
    /// The site's own user id, when the site vouched for it.
    package let verifiedUserID: String?
    package let createdAt: Timestamp

    package init(
        id: VisitorID,
        room: RoomID,
        profile: VisitorProfile,
        verifiedUserID: String?,
        createdAt: Timestamp
    ) {
        self.id = id
        self.room = room
        self.profile = profile
        self.verifiedUserID = verifiedUserID
        self.createdAt = createdAt
    }

    package var participant: Participant {
        Participant(kind: .visitor, id: id.text, name: profile.name ?? Self.nameless)
    }

    /// The name of a visitor who gave none.
    package static let nameless = "زائر"
}

/// What a visitor says of themselves; nil members are left as they were.
package struct VisitorProfile: Sendable, Equatable {
    package let name: String?
    package let email: String?
    package let phone: String?
    package let locale: String?
    package let page: String?

    package static let maxNameLength = 100
    package static let maxFieldLength = 320
    package static let maxPageLength = 2048

    /// Trims and checks; throws `bad_request` naming the member that is too long.
    package init(
        name: String? = nil,
        email: String? = nil,
        phone: String? = nil,
        locale: String? = nil,
        page: String? = nil
    ) throws(HubError) {
        self.name = try Self.checked(name, "name", Self.maxNameLength)
        self.email = try Self.checked(email, "email", Self.maxFieldLength)
        self.phone = try Self.checked(phone, "phone", Self.maxFieldLength)
        self.locale = try Self.checked(locale, "locale", Self.maxFieldLength)
        self.page = try Self.checked(page, "page", Self.maxPageLength)
    }

    private static func checked(_ text: String?, _ name: String, _ limit: Int) throws(HubError) -> String? {
        guard let text else { return nil }
        let start = text.drop(while: \.isWhitespace)
        let end = start.lastIndex { !$0.isWhitespace }
        guard let end else { return nil }
        let trimmed = String(start[...end])
        guard trimmed.count <= limit else {
            throw .badRequest("profile.\(name) is longer than \(limit) characters")
        }
        return trimmed
    }
}

extension VisitorProfile {
    /// Whether nothing is said.
    package var isEmpty: Bool {
        name == nil && email == nil && phone == nil && locale == nil && page == nil
    }
}

/// The site's own user id and its proof.
package struct VisitorIdentity: Sendable, Equatable {
    package let userID: String
    /// Lower-case hex HMAC-SHA256 of `userID` under the site's identity key.
    package let signature: String

    package init(userID: String, signature: String) {
        self.userID = userID
        self.signature = signature
    }
}
