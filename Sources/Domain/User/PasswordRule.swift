/// Which passwords people may choose: length counts, not character classes (NIST SP 800-63B section 3.1.1.2).
package enum PasswordRule {
    package static let minCharacters = 8

    /// Throws `invalid`, naming `field`; counts what people see as characters, which no schema can. What cannot be
    /// hashed is for the hasher to refuse.
    package static func check(_ password: String, at field: String) throws(HubError) {
        guard password.count < minCharacters else { return }
        throw .invalid([FieldProblem(field, "conflict", "needs at least \(minCharacters) characters")])
    }
}
