import Domain

/// Whether something can be kept of a contact.
enum ContactCheck {
    /// Throws `invalid` for a contact who does not exist, was merged into another, or was erased.
    static func check(_ contact: ContactID, _ session: any SQLSession) throws {
        guard try !session.execute(byID, [.id(contact)]).isEmpty else {
            throw HubError.invalid([FieldProblem("/contact", "unknown", "is no contact")])
        }
    }

    private static let byID: SQLText =
        "SELECT 1 FROM crm_contacts WHERE id = $1 AND merged_into IS NULL AND erased_ms IS NULL"
}
