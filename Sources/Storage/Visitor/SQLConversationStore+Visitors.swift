import Domain

extension SQLConversationStore {
    func makeVisitor(_ new: NewVisitor) async throws -> Visitor {
        try await database.write { session in
            let profile = new.profile
            let made = try session.execute(
                VisitorStatements.insert,
                [
                    .id(new.id), .id(new.room), .optional(profile.name), .optional(profile.email),
                    .optional(profile.phone), .optional(profile.locale), .optional(profile.page),
                    .optional(new.verifiedUserID), .moment(new.at),
                ]
            )
            if made.isEmpty {
                let known = try session.finish(VisitorStatements.byVerifiedID, [.optional(new.verifiedUserID)])
                guard let visitor = try known.first.map(VisitorStatements.read) else {
                    throw HubError(.internal, "A visitor with this id exists.")
                }
                return visitor
            }
            _ = try session.finish([
                SQLStatement(
                    VisitorStatements.insertConversation,
                    [
                        .id(new.room), .moment(new.at), .id(new.side), .text(Conversation.Channel.web.rawValue),
                        .id(new.id), .text(ConversationState.open.rawValue),
                    ]
                ),
                SQLStatement(VisitorStatements.insertSide, [.id(new.side), .id(new.room), .moment(new.at)]),
                SQLStatement(
                    VisitorStatements.insertToken,
                    [.text(new.tokenHash), .id(new.id), .moment(new.at)]
                ),
            ])
            return Visitor(
                id: new.id,
                room: new.room,
                profile: profile,
                verifiedUserID: new.verifiedUserID,
                createdAt: new.at
            )
        }
    }

    func visitor(_ id: VisitorID) async throws -> Visitor? {
        try await visitor(VisitorStatements.byID, .id(id))
    }

    func visitor(tokenHash: String) async throws -> Visitor? {
        try await visitor(VisitorStatements.byToken, .text(tokenHash))
    }

    func visitor(verifiedUserID: String) async throws -> Visitor? {
        try await visitor(VisitorStatements.byVerifiedID, .text(verifiedUserID))
    }

    func addToken(hash: String, to visitor: VisitorID, at moment: Timestamp) async throws {
        try await database.write { session in
            _ = try session.finish(VisitorStatements.insertToken, [.text(hash), .id(visitor), .moment(moment)])
        }
    }

    /// Throws `not_found` for an unknown visitor, and `busy` when another visitor has taken `verifiedUserID`
    /// meanwhile: trying again finds that one.
    func update(
        _ visitor: VisitorID,
        profile: VisitorProfile,
        verifiedUserID: String?,
        at moment: Timestamp
    ) async throws -> Visitor {
        try await database.write { session in
            let updated = try session.execute(
                VisitorStatements.update,
                [
                    .id(visitor), .optional(profile.name), .optional(profile.email), .optional(profile.phone),
                    .optional(profile.locale), .optional(profile.page), .optional(verifiedUserID), .moment(moment),
                ]
            )
            guard let row = updated.first else {
                guard try !session.execute(VisitorStatements.byID, [.id(visitor)]).isEmpty else {
                    throw HubError.notFound("visitor \(visitor) does not exist")
                }
                throw HubError.busy("This user_id was given to another visitor meanwhile. Try again.")
            }
            let changed = try VisitorStatements.read(row)
            // Their conversation shows the profile in the inbox.
            _ = try session.finish(VisitorStatements.touchConversation, [.id(changed.room), .moment(moment)])
            return changed
        }
    }

    private func visitor(_ text: SQLText, _ value: SQLValue) async throws -> Visitor? {
        try await database.read { session in
            try session.execute(text, [value]).first.map(VisitorStatements.read)
        }
    }
}

/// What reads and writes visitors.
enum VisitorStatements {
    /// Of the table named `v`.
    static let columns =
        "v.id, v.room_id, v.name, v.email, v.phone, v.locale, v.page, v.verified_user_id, v.created_ms"

    static func read(_ row: SQLRow) throws(HubError) -> Visitor {
        var reader = row.reader
        let id = try reader.text(VisitorID.init)
        let room = try reader.text(RoomID.init)
        let profile = try VisitorProfile(
            name: reader.optionalText(),
            email: reader.optionalText(),
            phone: reader.optionalText(),
            locale: reader.optionalText(),
            page: reader.optionalText()
        )
        return Visitor(
            id: id,
            room: room,
            profile: profile,
            verifiedUserID: try reader.optionalText(),
            createdAt: try reader.moment()
        )
    }

    static let byID = SQLText("SELECT \(columns) FROM visitors v WHERE v.id = $1")

    static let byVerifiedID = SQLText("SELECT \(columns) FROM visitors v WHERE v.verified_user_id = $1")

    static let byToken = SQLText(
        "SELECT \(columns) FROM visitor_tokens t JOIN visitors v ON v.id = t.visitor_id WHERE t.hash = $1"
    )

    static let insert: SQLText = """
        INSERT INTO visitors (id, room_id, name, email, phone, locale, page, verified_user_id, created_ms, changed_ms)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9) ON CONFLICT DO NOTHING RETURNING id
        """

    static let insertConversation = SQLText(
        """
        INSERT INTO rooms (
            id, kind, title, head, created_ms, changed_ms, side, channel, visitor_id, state, epoch, unread, team_id
        ) VALUES ($1, 'conversation', '', 0, $2, $2, $3, $4, $5, $6, 0, 0, \(EntranceColumn.web))
        """
    )

    static let insertSide: SQLText = """
        INSERT INTO rooms (id, kind, title, head, parent, created_ms, changed_ms) VALUES ($1, 'side', '', 0, $2, $3, $3)
        """

    static let insertToken: SQLText = """
        INSERT INTO visitor_tokens (hash, visitor_id, created_ms) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING
        """

    /// Updates nobody when somebody else has the verified id.
    static let update = SQLText(
        """
        UPDATE visitors AS v SET name = COALESCE($2, v.name), email = COALESCE($3, v.email),
            phone = COALESCE($4, v.phone), locale = COALESCE($5, v.locale), page = COALESCE($6, v.page),
            verified_user_id = COALESCE(v.verified_user_id, $7), changed_ms = $8
        WHERE v.id = $1 AND (v.verified_user_id IS NOT NULL OR NOT EXISTS (
            SELECT 1 FROM visitors o WHERE o.verified_user_id = $7 AND o.id <> $1
        )) RETURNING \(columns.replacing("v.", with: ""))
        """
    )

    static let touchConversation: SQLText =
        "UPDATE rooms SET changed_ms = CASE WHEN changed_ms > $2 THEN changed_ms ELSE $2 END WHERE id = $1"
}
