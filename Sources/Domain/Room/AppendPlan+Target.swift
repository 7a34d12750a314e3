/// What drafts refer to, and choices among what it offers.
extension AppendPlan {
    /// A message that an edit, a deletion, a reaction or a reply refers to.
    package struct Target: Sendable, Equatable {
        package let author: Participant
        package let kind: MessageBody.Kind
        package var isDeleted: Bool
        /// How far it got outside; nil for what never left or was not heard of.
        package var status: MessageStatus?
        /// The codes in it.
        package let codes: [CodeText.Mark]
        /// What it offers to choose from.
        let offer: MessageCard?

        package init(author: Participant, body: MessageBody, isDeleted: Bool, status: MessageStatus? = nil) {
            self.author = author
            self.isDeleted = isDeleted
            self.status = status
            kind = body.kind
            if case .codes(let text) = body { codes = text.marks } else { codes = [] }
            if case .card(let card) = body, card.kind == .interactive { offer = card } else { offer = nil }
        }
    }

    /// A choice is of something that the message offers which it replies to.
    func choiceRefusal(of draft: Draft) -> HubError? {
        guard let choice = draft.choice else { return nil }
        guard let replyTo = draft.content.replyTo, let target = past.targets[replyTo], !target.isDeleted,
            let offer = target.offer
        else { return .notFound("reply_to must be a message that offers something to choose, and was not deleted") }
        return choice.taken(from: offer) == nil ? .badRequest("body.id is none of what message \(replyTo) offers") : nil
    }
}

extension Draft {
    /// A choice that was made here, and not on another channel.
    var choice: MessageCard? {
        guard origin == nil, case .message(.card(let card), _) = content, card.kind == .choice else { return nil }
        return card
    }
}
