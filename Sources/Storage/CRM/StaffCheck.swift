import Domain

/// Whether somebody can own something.
enum StaffCheck {
    /// Throws `invalid` for a user who does not exist or is disabled.
    static func checkOwner(_ owner: UserID?, _ session: any SQLSession) throws {
        guard let owner else { return }
        guard try !session.execute(byID, [.id(owner)]).isEmpty else {
            throw HubError.invalid([FieldProblem("/owner", "conflict", "is no user who can sign in")])
        }
    }

    private static let byID: SQLText = "SELECT 1 FROM users WHERE id = $1 AND disabled = 0"
}
