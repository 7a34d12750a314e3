import Domain

extension SQLContactStore {
    func contact(inConversation room: RoomID) async throws -> ContactID? {
        try await database.read { session in try CustomerStatements.contact(in: room, session) }
    }
}
