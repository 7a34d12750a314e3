import Domain

/// Codes as their table stores them.
enum CodeRow {
    /// Of the table named `c`.
    static let columns = """
        c.id, c.version, c.product_id, c.mask, c.state, c.expires_ms, c.reserved_ms, c.order_ref, c.conversation, \
        c.allocated_by, c.revoked_because, c.import_id, c.created_ms, c.changed_ms
        """

    /// Of an import that has finished: of all others nobody may know.
    static let isVisible = "EXISTS (SELECT 1 FROM code_imports i WHERE i.id = c.import_id AND i.state = 'finished')"

    /// Stands for "never", so that codes sort by when they expire. Far behind every moment that can be written.
    static let never: Int64 = 9_007_199_254_740_991

    static func read(_ row: SQLRow) throws(HubError) -> DigitalCode {
        var row = row.reader
        return try read(&row)
    }

    /// Leaves the reader behind the last of `columns`.
    static func read(_ row: inout SQLRowReader) throws(HubError) -> DigitalCode {
        let id = try row.text(CodeID.init)
        let version = try row.integer()
        let product = try row.text(ProductID.init)
        let mask = try row.text(SecretMask.init)
        let name = try row.text(CodeState.Name.init)
        let expiry = try row.integer()
        let reservedUntil = try row.optionalMoment()
        guard let state = CodeState(name, reservedUntil: reservedUntil) else { throw row.unreadable }
        let order = try row.optionalText()
        let conversation = try row.optionalText(RoomID.init)
        return DigitalCode(
            id: id,
            version: version,
            product: product,
            mask: mask,
            state: state,
            expiresAt: expiry == never ? nil : Timestamp(milliseconds: expiry),
            recipient: order.map { .order($0, from: conversation) } ?? conversation.map(CodeRecipient.conversation),
            allocatedBy: try row.optionalText(),
            revokedBecause: try row.optionalText(),
            importID: try row.text(CodeImportID.init),
            createdAt: try row.moment(),
            changedAt: try row.moment()
        )
    }

    // MARK: Writing

    /// Answers the lines that were added; whose fingerprint is known already is passed over.
    ///
    /// `WHERE true` tells SQLite that `ON` begins no join.
    static let insert: SQLBulk = {
        let names = insertColumns.map(\.name).joined(separator: ", ")
        return SQLBulk(
            insertColumns,
            SQLText(
                """
                INSERT INTO codes (\(names)) SELECT \(names) FROM k WHERE true
                ON CONFLICT (fingerprint) DO NOTHING RETURNING line
                """
            )
        )
    }()

    private static let insertColumns: [SQLColumn] = [
        .text("id"), .integer("version"), .text("product_id"), .text("sealed"), .text("fingerprint"), .text("mask"),
        .text("state"), .integer("expires_ms"), .text("import_id"), .integer("line"), .integer("created_ms"),
        .integer("changed_ms"),
    ]

    static func values(_ imported: ImportedCode) -> [SQLValue] {
        let code = imported.code
        return [
            .id(code.id), .integer(code.version), .id(code.product), .text(imported.sealed.text),
            .text(imported.fingerprint), .text(code.mask.text), .text(code.state.name.rawValue),
            .integer(code.expiresAt?.milliseconds ?? never), .id(code.importID), .integer(imported.line),
            .moment(code.createdAt), .moment(code.changedAt),
        ]
    }

    /// What may change of a code.
    static let update = SQLBulk(
        [
            .text("id"), .integer("version"), .text("state"), .integer("reserved_ms"), .text("order_ref"),
            .text("conversation"), .text("allocated_by"), .text("revoked_because"), .integer("changed_ms"),
        ],
        """
        UPDATE codes SET version = k.version, state = k.state, reserved_ms = k.reserved_ms, order_ref = k.order_ref,
            conversation = k.conversation, allocated_by = k.allocated_by, revoked_because = k.revoked_because,
            changed_ms = k.changed_ms
        FROM k WHERE codes.id = k.id
        """
    )

    static func changes(_ code: DigitalCode) -> [SQLValue] {
        [
            .id(code.id), .integer(code.version), .text(code.state.name.rawValue), .optional(code.state.reservedUntil),
            .optional(code.recipient?.order), .optional(code.recipient?.conversation?.text),
            .optional(code.allocatedBy), .optional(code.revokedBecause), .moment(code.changedAt),
        ]
    }
}

extension CodeState {
    /// Nil when only one of the two says that it is reserved.
    fileprivate init?(_ name: Name, reservedUntil: Timestamp?) {
        switch (name, reservedUntil) {
        case (.available, nil): self = .available
        case (.reserved, let until?): self = .reserved(until: until)
        case (.sold, nil): self = .sold
        case (.revoked, nil): self = .revoked
        case (.available, _?), (.reserved, nil), (.sold, _?), (.revoked, _?): return nil
        }
    }
}
