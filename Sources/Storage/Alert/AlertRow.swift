import Domain

/// Incidents as their table stores them.
enum AlertRow {
    /// Of the table named `a`.
    static let columns = """
        a.id, a.version, a.rule, a.subject, a.state, a.message_ar, a.message_en, a.started_ms, a.fired_ms, a.calm_ms, \
        a.recovered_ms, a.seen_ms, a.told_ms, a.recovery_told_ms
        """

    static func read(_ row: SQLRow) throws(HubError) -> AlertIncident {
        var row = row.reader
        let (id, version) = (try row.text(AlertIncidentID.init), try row.integer())
        let key = AlertKey(try row.text(AlertRule.init), try row.text())
        let state = try row.text(AlertIncident.State.init)
        let message = StatusMessage(ar: try row.text(), en: try row.text())
        let startedAt = try row.moment()
        let (firedAt, calmSince) = (try row.optionalMoment(), try row.optionalMoment())
        let (recoveredAt, seenAt) = (try row.optionalMoment(), try row.moment())
        let toldFiringAt = try row.optionalMoment()
        return AlertIncident(
            id: id,
            key: key,
            state: state,
            message: message,
            startedAt: startedAt,
            firedAt: firedAt,
            calmSince: calmSince,
            recoveredAt: recoveredAt,
            seenAt: seenAt,
            toldFiringAt: toldFiringAt,
            toldRecoveryAt: try row.optionalMoment(),
            version: version
        )
    }

    static func insert(_ incident: AlertIncident) -> SQLStatement {
        let fixed: [SQLValue] = [
            .text(incident.key.rule.rawValue), .text(incident.key.subject), .moment(incident.startedAt),
        ]
        return SQLStatement(insert, changing(incident) + fixed)
    }

    /// Only a row that is still of the version that was read.
    static func update(_ incident: AlertIncident, read version: Int64) -> SQLStatement {
        SQLStatement(update, changing(incident) + [.integer(version)])
    }

    static func delete(_ incident: AlertIncident) -> SQLStatement {
        SQLStatement(delete, [.id(incident.id), .integer(incident.version)])
    }

    /// In the order of both statements.
    private static func changing(_ incident: AlertIncident) -> [SQLValue] {
        [
            .id(incident.id), .text(incident.state.rawValue), .text(incident.message.ar), .text(incident.message.en),
            .optional(incident.firedAt), .optional(incident.calmSince), .optional(incident.recoveredAt),
            .moment(incident.seenAt), .optional(incident.toldFiringAt), .optional(incident.toldRecoveryAt),
            .flag(incident.news != nil),
        ]
    }

    // MARK: Statements

    private static let insert: SQLText = """
        INSERT INTO alert_incidents (
            id, state, message_ar, message_en, fired_ms, calm_ms, recovered_ms, seen_ms, told_ms, recovery_told_ms,
            untold, rule, subject, started_ms, version
        ) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 1) ON CONFLICT DO NOTHING RETURNING id
        """

    private static let update: SQLText = """
        UPDATE alert_incidents SET state = $2, message_ar = $3, message_en = $4, fired_ms = $5, calm_ms = $6,
            recovered_ms = $7, seen_ms = $8, told_ms = $9, recovery_told_ms = $10, untold = $11, version = version + 1
        WHERE id = $1 AND version = $12 RETURNING id
        """

    private static let delete: SQLText = "DELETE FROM alert_incidents WHERE id = $1 AND version = $2 RETURNING id"
}
