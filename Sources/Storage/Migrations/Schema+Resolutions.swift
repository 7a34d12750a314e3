extension Schema {
    /// When a conversation was resolved, for all who ask whether a message goes on with the same case.
    static let resolutions = Migration("resolutions") { _ in
        [
            "ALTER TABLE rooms ADD COLUMN resolved_ms BIGINT",
            // The last state of one that is resolved is that it was resolved.
            """
            UPDATE rooms SET resolved_ms = (
                SELECT MAX(e.at_ms) FROM room_events e WHERE e.room_id = rooms.id AND e.type = 'state'
            ) WHERE kind = 'conversation' AND state = 'resolved'
            """,
            "ALTER TABLE routing_cases ADD COLUMN resolved_ms BIGINT",
        ]
    }
}
