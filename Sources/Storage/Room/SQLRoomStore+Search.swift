import Domain

extension SQLRoomStore {
    /// Every word of the query must be part of the text. Newest first by when the text was written; a text that
    /// a later edit or deletion replaced is not found.
    func search(_ query: String, scope: SearchScope, limit: Int) async throws -> [SearchHit] {
        let words = SearchText.fold(query).split(separator: " ").map(String.init)
        guard !words.isEmpty else { return [] }
        let statement = SearchStatement.make(words, scope, limit)
        return try await database.run(.search) { session in
            try session.execute(statement).map(SearchStatement.hit).sorted {
                ($0.at, $0.room, $0.seq) > ($1.at, $1.room, $1.seq)
            }
        }
    }
}

private enum SearchStatement {
    /// Characters of a token of the index.
    private static let trigram = 3

    /// Folded text holds letters, digits and single spaces only, so a word holds no wildcard of `LIKE`.
    ///
    /// `CROSS JOIN` makes SQLite begin with the search table and walk it from its end; PostgreSQL plans freely.
    /// What SQLite's index does not hold yet must not hide the text that it replaced, so there it does not count.
    /// Not kept prepared: the text depends on the number of words, and the plan on the words.
    static func make(_ words: [String], _ scope: SearchScope, _ limit: Int) -> SQLStatement {
        var values = words.map { SQLValue.text("%\($0)%") }
        var conditions = zip(words, 1...).map { word, number in
            // Shorter words have no trigram: their text is an expression, which keeps them from the index. FTS5
            // would crash on some (SQLite 3.40, a short pattern before a long one).
            word.unicodeScalars.count < trigram ? "s.text || '' LIKE $\(number)" : "s.text LIKE $\(number)"
        }
        switch scope {
        case .room(let room):
            values.append(.id(room))
            conditions.append("s.room_id = $\(values.count)")
        case .everything(let user, let sight):
            values.append(.id(user))
            conditions.append(
                """
                (r.kind IN ('conversation', 'side', 'channel') OR EXISTS (
                    SELECT 1 FROM room_members m
                    WHERE m.room_id = r.id AND m.member_kind = 'staff' AND m.member_id = $\(values.count)
                ))
                """
            )
            func bind(_ value: SQLValue) -> String {
                values.append(value)
                return "$\(values.count)"
            }
            if let sight, let seen = SightCondition.of("r", sight, bind),
                let around = SightCondition.of("p", sight, bind)
            {
                conditions.append(
                    """
                    ((r.kind <> 'conversation' OR \(seen)) AND (r.kind <> 'side' OR EXISTS (
                        SELECT 1 FROM rooms p WHERE p.id = r.parent AND \(around)
                    )))
                    """
                )
            }
        }
        values.append(.count(limit))
        let order = " ORDER BY s.rowid DESC LIMIT $\(values.count)"
        func select(_ table: String) -> String {
            """
            SELECT s.room_id, m.seq, m.at_ms, m.author_kind, m.author_id, m.author_name, e.content
            FROM \(table) s CROSS JOIN rooms r CROSS JOIN room_events m CROSS JOIN room_events e
            WHERE \(conditions.joined(separator: " AND "))
                AND r.id = s.room_id
                AND m.room_id = s.room_id AND m.seq = s.target
                AND e.room_id = s.room_id AND e.seq = s.seq
                AND NOT EXISTS (
                    SELECT 1 FROM room_events x WHERE x.room_id = s.room_id AND x.target = s.target
                        AND x.seq > s.seq AND x.type IN ('edit', 'del')
            """
        }
        let text = SQLText(
            sqlite: "\(select("message_search")) AND x.rowid <= (\(SQLiteSearchTables.indexedUpTo)))\(order)",
            postgres: "\(select(allTexts)))\(order)"
        )
        return SQLStatement(text, values, isOnce: true)
    }

    /// PostgreSQL's texts under the index, and those that are not yet.
    private static let allTexts = """
        (
            SELECT rowid, room_id, seq, target, text FROM message_search
            UNION ALL SELECT rowid, room_id, seq, target, text FROM message_search_new
        )
        """

    static func hit(_ row: SQLRow) throws(HubError) -> SearchHit {
        var reader = row.reader
        let room = try reader.text(RoomID.init)
        let seq = try reader.seq()
        let at = try reader.moment()
        let author = try EventRow.participant(&reader)
        let content = try reader.json()
        guard let kind = content["kind"]?.string.flatMap(MessageBody.Kind.init), let json = content["body"],
            let body = MessageBody(kind: kind, json: json)
        else { throw reader.unreadable }
        return SearchHit(room: room, seq: seq, at: at, author: author, body: body)
    }
}
