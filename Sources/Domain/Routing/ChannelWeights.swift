/// How much work a conversation is, by the channel it comes from.
package struct ChannelWeights: Sendable, Equatable {
    /// Somebody sits before the page and waits.
    package var web: Load
    /// Answers may take a little longer, so a shop may let an agent hold more of them.
    package var whatsapp: Load

    package init(web: Load = .conversations(1), whatsapp: Load = .conversations(1)) {
        self.web = web
        self.whatsapp = whatsapp
    }

    package subscript(_ channel: Conversation.Channel) -> Load {
        switch channel {
        case .web: web
        case .whatsapp: whatsapp
        }
    }
}
