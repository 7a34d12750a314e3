/// What a member of staff asks the language model for, in a room.
package struct HelpRequest: Sendable, Equatable {
    package enum Kind: String, Sendable, CaseIterable {
        case reply, summary, translation

        /// As what it is written down.
        package var purpose: ModelPurpose {
            switch self {
            case .reply: .suggestion
            case .summary: .digest
            case .translation: .translation
            }
        }
    }

    package enum Wish: Sendable, Equatable {
        /// A message to the customer. `draft` is what its author has written already, perhaps nothing.
        case reply(draft: String)
        /// Of both rooms of a conversation, for colleagues.
        case summary
        case translation(Source)
    }

    package enum Source: Sendable, Equatable {
        case text(String)
        /// A message of the room.
        case message(SequenceNumber)
    }

    package let room: RoomID
    package let wish: Wish
    /// Nil: a reply is in the customer's language, a summary in the shop's, a translation in the other one of the two.
    package let language: Language?

    package init(_ wish: Wish, in room: RoomID, language: Language? = nil) {
        self.room = room
        self.wish = wish
        self.language = language
    }

    package var kind: Kind {
        switch wish {
        case .reply: .reply
        case .summary: .summary
        case .translation: .translation
        }
    }

    /// Why this is not done in a room of that kind; nil where it is.
    package func refusal(in kind: RoomKind) -> HubError? {
        switch (wish, kind) {
        case (.translation, _), (_, .conversation): nil
        case (_, .side):
            .badRequest("room is the side room: name the conversation itself, its notes are read where they may be")
        case (_, .channel), (_, .group), (_, .direct):
            .badRequest("\(self.kind.rawValue) is for conversations with customers; here only translation is")
        }
    }

    /// Throws `too_large` for more than `limit` characters of the author's own text.
    package func check(_ limit: Int64) throws(HubError) {
        let (name, text): (String, String) =
            switch wish {
            case .reply(let draft): ("draft", draft)
            case .translation(.text(let text)): ("text", text)
            case .summary, .translation(.message): ("", "")
            }
        // A character takes at least one byte, so a short text needs no counting.
        guard text.utf8.count <= limit || text.count <= limit else {
            throw HubError(.tooLarge, "\(name) is longer than \(limit) characters: ask for less of it at once")
        }
    }
}
