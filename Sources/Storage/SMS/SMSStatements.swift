import Domain

/// What overwrites short messages when a person is erased.
enum SMSStatements {
    /// Those of these phones: what has not left is not sent any more, and texts and numbers are gone.
    static func erasing(_ phones: [String]) -> [SQLStatement] {
        let rows: [[SQLValue]] = phones.map { [.text($0)] }
        return [owed.over(rows), kept.over(rows)]
    }

    private static let owed = SQLBulk(
        [.text("phone")],
        """
        UPDATE outbox SET version = outbox.version + 1, problem = NULL, lane = outbox.id, recipient = '',
            state = CASE WHEN outbox.state = 'queued' THEN 'cancelled' ELSE outbox.state END
        FROM k WHERE outbox.id IN (SELECT s.entry_id FROM sms_messages s WHERE s.phone = k.phone)
        """
    )

    private static let kept = SQLBulk(
        [.text("phone")],
        SQLText(
            """
            UPDATE sms_messages SET phone = '', body = '\(ErasureReport.placeholder)'
            FROM k WHERE sms_messages.phone = k.phone
            """))
}
