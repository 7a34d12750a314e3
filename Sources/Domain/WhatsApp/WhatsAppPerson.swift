/// A person as WhatsApp tells of them: by a number, by a business-scoped user id, or by both.
///
/// People may hide their number behind a user name, so neither part is always there.
package struct WhatsAppPerson: Sendable, Hashable {
    /// Business-scoped user id: `SA.13491208655302741918`. Good for one business portfolio only.
    package let userID: String?
    package let parentUserID: String?
    /// Digits only, as `wa_id` has them.
    package let phone: String?
    /// Chosen by the person: shown, never compared.
    package let name: String?
    package let username: String?

    /// Nil when nothing says who it is.
    package init?(
        userID: String?,
        parentUserID: String? = nil,
        phone: String?,
        name: String? = nil,
        username: String? = nil
    ) {
        let userID = Self.present(userID)
        let phone = Self.digits(phone)
        guard userID != nil || phone != nil else { return nil }
        self.userID = userID
        self.parentUserID = Self.present(parentUserID)
        self.phone = phone
        self.name = Self.present(name)
        self.username = Self.present(username)
    }

    /// What tells this person from others of the same number of ours.
    package var key: String { userID ?? phone ?? "" }

    private static func present(_ text: String?) -> String? {
        guard let text, !text.allSatisfy(\.isWhitespace) else { return nil }
        return text
    }

    /// Numbers come with and without `+`, spaces and dashes.
    private static func digits(_ text: String?) -> String? {
        guard let text else { return nil }
        let digits = text.filter { $0.isASCII && $0.isNumber }
        return digits.isEmpty ? nil : digits
    }
}
