/// What may be sent over WhatsApp; one request each.
///
/// Source: WhatsApp Business Platform, Cloud API "Messages".
package enum OutboundMessage: Sendable, Equatable {
    case text(String, showsPreview: Bool)
    case media(OutboundMedia)
    case location(OutboundLocation)
    /// Cards as the provider has them; each has a `name`.
    case contacts([JSONValue])
    /// To the entry's target; nil takes the reaction away.
    case reaction(String?)
    case buttons(OutboundButtons)
    case list(OutboundList)
    case link(OutboundLink)
    case template(OutboundTemplate)

    /// Whether it may be sent outside the customer service window.
    package var startsConversation: Bool {
        switch self {
        case .template: true
        case .text, .media, .location, .contacts, .reaction, .buttons, .list, .link: false
        }
    }

    /// The provider's name of the kind.
    package var type: String {
        switch self {
        case .text: "text"
        case .media(let media): media.kind.rawValue
        case .location: "location"
        case .contacts: "contacts"
        case .reaction: "reaction"
        case .buttons, .list, .link: "interactive"
        case .template: "template"
        }
    }
}

package struct OutboundMedia: Sendable, Equatable {
    package enum Kind: String, Sendable, CaseIterable {
        case image, video, audio, document, sticker
    }

    package enum Source: Sendable, Equatable {
        /// One of our files, which has to be uploaded first.
        case attachment(AttachmentID)
        /// Uploaded already.
        case uploaded(String)
        /// `https://…`
        case link(String)
    }

    package let kind: Kind
    package let source: Source
    package let caption: String?
    /// Of a document.
    package let name: String?
    /// A recorded note: OGG with Opus.
    package let isVoice: Bool

    package init(_ kind: Kind, _ source: Source, caption: String? = nil, name: String? = nil, isVoice: Bool = false) {
        self.kind = kind
        self.source = source
        self.caption = caption
        self.name = name
        self.isVoice = isVoice
    }
}

package struct OutboundLocation: Sendable, Equatable {
    package let latitude: Double
    package let longitude: Double
    package let name: String?
    package let address: String?

    package init(latitude: Double, longitude: Double, name: String? = nil, address: String? = nil) {
        self.latitude = latitude
        self.longitude = longitude
        self.name = name
        self.address = address
    }
}

/// What stands around the buttons or the list of an interactive message.
package struct OutboundFrame: Sendable, Equatable {
    package let header: String?
    package let body: String
    package let footer: String?

    package init(_ body: String, header: String? = nil, footer: String? = nil) {
        self.header = header
        self.body = body
        self.footer = footer
    }
}

package struct OutboundButtons: Sendable, Equatable {
    package struct Button: Sendable, Equatable {
        package let id: String
        package let title: String

        package init(id: String, title: String) {
            self.id = id
            self.title = title
        }
    }

    package let frame: OutboundFrame
    package let buttons: [Button]

    package init(_ frame: OutboundFrame, _ buttons: [Button]) {
        self.frame = frame
        self.buttons = buttons
    }
}

package struct OutboundList: Sendable, Equatable {
    package struct Section: Sendable, Equatable {
        package let title: String?
        package let rows: [Row]

        package init(title: String?, _ rows: [Row]) {
            self.title = title
            self.rows = rows
        }
    }

    package struct Row: Sendable, Equatable {
        package let id: String
        package let title: String
        package let note: String?

        package init(id: String, title: String, note: String? = nil) {
            self.id = id
            self.title = title
            self.note = note
        }
    }

    package let frame: OutboundFrame
    /// On the button that opens the list.
    package let button: String
    package let sections: [Section]

    package init(_ frame: OutboundFrame, button: String, _ sections: [Section]) {
        self.frame = frame
        self.button = button
        self.sections = sections
    }
}

/// A button that opens an address.
package struct OutboundLink: Sendable, Equatable {
    package let frame: OutboundFrame
    /// On the button.
    package let title: String
    /// `https://…`
    package let url: String

    package init(_ frame: OutboundFrame, title: String, url: String) {
        self.frame = frame
        self.title = title
        self.url = url
    }
}

package struct OutboundTemplate: Sendable, Equatable {
    package let name: String
    /// `ar`, `en_US`
    package let language: String
    /// As the provider has them.
    package let components: [JSONValue]

    package init(name: String, language: String, components: [JSONValue] = []) {
        self.name = name
        self.language = language
        self.components = components
    }
}
