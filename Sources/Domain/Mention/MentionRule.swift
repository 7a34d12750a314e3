/// Decides who may be mentioned where.
package enum MentionRule {
    /// A member of staff as the transaction that appends finds them. Who is not found is no active member of staff.
    package struct Colleague: Sendable, Equatable {
        package let name: String
        /// Matters only where `RoomKind.hasMembers`.
        package let isMember: Bool

        package init(name: String, isMember: Bool) {
            self.name = name
            self.isMember = isMember
        }
    }

    /// Nil when the text may be written; what is wrong with it otherwise.
    static func refusal(
        of text: MentioningText,
        in kind: RoomKind,
        _ colleagues: [UserID: Colleague]
    ) -> HubError? {
        guard kind != .conversation else {
            return .badRequest(
                "a customer reads this room: mention colleagues in its side room, as a private note, or in an internal room"
            )
        }
        for person in text.people {
            guard let colleague = colleagues[person.user] else {
                return .badRequest("body.mentions: \(person.user) is no active member of staff")
            }
            guard colleague.isMember || !kind.hasMembers else {
                return .forbidden(
                    "body.mentions: \(person.user) is not in this room; take them into it before you mention them")
            }
        }
        return nil
    }
}

extension EventContent {
    /// Whom it calls by name.
    package var mentioning: MentioningText? {
        switch self {
        case .message(.mentioning(let text), _), .edit(_, .mentioning(let text)): text
        case .message, .edit, .deletion, .reaction, .status, .assignment, .state, .membership, .labels, .clock,
            .survey, .rating, .run:
            nil
        }
    }

    /// With the names of whom it mentions; nil when it mentions nobody.
    func naming(_ colleagues: [UserID: MentionRule.Colleague]) -> EventContent? {
        guard let text = mentioning else { return nil }
        let people = text.people.map {
            MentioningText.Person(user: $0.user, name: colleagues[$0.user]?.name ?? $0.name)
        }
        guard let body = MentioningText(text.text, people).map(MessageBody.mentioning) else { return nil }
        return target.map { .edit(target: $0, body: body) } ?? .message(body, replyTo: replyTo)
    }
}
