import Domain

/// Whether something can be of a conversation.
enum ConversationCheck {
    /// Throws `invalid` for a room that is none.
    static func check(_ room: RoomID?, _ session: any SQLSession) throws {
        guard let room else { return }
        guard try !session.execute(conversation, [.id(room)]).isEmpty else {
            throw HubError.invalid([FieldProblem("/conversation", "conflict", "there is no such conversation")])
        }
    }

    private static let conversation: SQLText = "SELECT 1 FROM rooms WHERE id = $1 AND kind = 'conversation'"
}
