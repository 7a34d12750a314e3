/// What a message of WhatsApp says, one case for each kind of the webhook.
package indirect enum WhatsAppContent: Sendable, Equatable {
    case text(String)
    case media(WhatsAppMedia)
    case location(WhatsAppLocation)
    /// Address cards: the names on them, and the cards as they came.
    case contacts(names: [String], cards: JSONValue)
    case choice(WhatsAppChoice)
    /// From a catalogue: what the customer wrote with it, and the order as it came.
    case order(text: String?, lines: [String], order: JSONValue)
    /// `emoji` is nil when the person's reaction was taken away.
    case reaction(target: String, emoji: String?)
    /// A new text or caption of an earlier message.
    case edit(target: String, WhatsAppContent)
    case revocation(target: String)
    case system(WhatsAppSystemChange)
    /// What this version does not know, or WhatsApp does not hand out; `raw` is the message as it came.
    case unsupported(type: String, reason: String?, raw: JSONValue)
}

/// A file that a message carries, still at Meta.
package struct WhatsAppMedia: Sendable, Equatable {
    package enum Kind: String, Sendable, CaseIterable {
        case image, video, audio, document, sticker
    }

    package let kind: Kind
    /// Good for seven days.
    package let id: String
    package let type: String?
    /// SHA-256 as the webhook told it: base64 or hex.
    package let digest: String?
    package let caption: String?
    package let name: String?
    /// Whether it was recorded as a voice note.
    package let isVoice: Bool
    package let isAnimated: Bool

    package init(
        kind: Kind,
        id: String,
        type: String? = nil,
        digest: String? = nil,
        caption: String? = nil,
        name: String? = nil,
        isVoice: Bool = false,
        isAnimated: Bool = false
    ) {
        self.kind = kind
        self.id = id
        self.type = type
        self.digest = digest
        self.caption = caption
        self.name = name
        self.isVoice = isVoice
        self.isAnimated = isAnimated
    }
}

package struct WhatsAppLocation: Sendable, Equatable {
    /// Degrees.
    package let latitude: Double
    package let longitude: Double
    package let name: String?
    package let address: String?
    package let url: String?

    package init(
        latitude: Double,
        longitude: Double,
        name: String? = nil,
        address: String? = nil,
        url: String? = nil
    ) {
        self.latitude = latitude
        self.longitude = longitude
        self.name = name
        self.address = address
        self.url = url
    }
}

/// What somebody chose from buttons or a list that we sent.
package struct WhatsAppChoice: Sendable, Equatable {
    package enum Kind: String, Sendable, CaseIterable {
        case button, list
        /// The quick reply of a template.
        case quickReply = "quick_reply"
    }

    package let kind: Kind
    /// What we gave the choice when we sent it.
    package let id: String?
    package let title: String
    package let note: String?

    package init(kind: Kind, id: String?, title: String, note: String? = nil) {
        self.kind = kind
        self.id = id
        self.title = title
        self.note = note
    }
}

/// A change that WhatsApp itself tells of: a new number, a new user id.
package struct WhatsAppSystemChange: Sendable, Equatable {
    /// `user_changed_number`, `user_changed_user_id`, `customer_identity_changed`, …
    package let type: String
    package let text: String?
    package let newPhone: String?
    package let newUserID: String?

    /// What the person is reached by from now on; nil for a change of something else.
    package var next: WhatsAppPerson? { WhatsAppPerson(userID: newUserID, phone: newPhone) }

    package init(type: String, text: String?, newPhone: String? = nil, newUserID: String? = nil) {
        self.type = type
        self.text = text
        self.newPhone = newPhone
        self.newUserID = newUserID
    }
}
