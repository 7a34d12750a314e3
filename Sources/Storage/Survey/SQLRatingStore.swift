import Domain

/// Ratings over either database: the events of the logs, by an index of their own.
struct SQLRatingStore: RatingStore {
    let database: any SQLDatabase

    func ratings(_ request: ListRequest<RatingSort, RatingFilter>) async throws -> ListPage<Rating> {
        var list = ListStatement()
        list.require("e.type = 'rating'")
        list.require("e.room_id = $?", optional: request.filter.conversation.map { .id($0) })
        list.require("e.at_ms >= $?", optional: request.filter.since.map { .moment($0) })
        list.require("e.at_ms < $?", optional: request.filter.until.map { .moment($0) })
        let statement = list.page(
            "SELECT \(EventRow.columns) FROM room_events e", sortedBy: "e.at_ms", id: "e.room_id", request)
        return try await database.read { session in
            let found = try EventRow.read(session.execute(statement), session.texts).compactMap(Rating.init)
            return ListPage(found, limit: request.limit) { rating in
                ListPosition(value: .integer(rating.at.milliseconds), id: rating.room.text)
            }
        }
    }
}

extension Rating {
    /// Nil for an event that is none.
    fileprivate init?(_ event: RoomEvent) {
        guard case .rating(let answer) = event.content else { return nil }
        self.init(room: event.room, seq: event.seq, at: event.at, customer: event.author, answer: answer)
    }
}
