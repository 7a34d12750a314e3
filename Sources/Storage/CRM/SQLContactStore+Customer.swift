import Domain

extension SQLContactStore {
    func contact(inConversation room: RoomID) async throws -> ContactID? {
        try await database.read { session in try CustomerStatements.contact(in: room, session) }
    }

    func customer(
        ofConversation room: RoomID,
        scope: CRMScope,
        sight: TeamSight?
    ) async throws -> ConversationCustomer {
        let statement = CustomerStatements.identity(in: room, sight)
        return try await database.snapshot { session in
            guard let row = try session.execute(statement).first else {
                throw HubError.notFound("there is no such conversation")
            }
            guard let identity = try CustomerStatements.identity(row) else {
                return ConversationCustomer(identity: nil, contact: nil)
            }
            // Whoever has an identity was not merged away: identities move along.
            let contact = try ContactStatements.holders(of: [identity], session).first
            return ConversationCustomer(
                identity: identity, contact: try contact.flatMap { try ContactStatements.find($0, scope, session) })
        }
    }
}
