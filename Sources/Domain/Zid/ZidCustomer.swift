/// Who ordered, as far as Zid tells it.
///
/// Marketplaces hide their customers: `J*** D***`, `t***@.`, `***00`. What is hidden is not there.
package struct ZidCustomer: Sendable, Equatable {
    package let id: String?
    package let name: String?
    /// E.164: `+966501234567`.
    package let phone: String?
    package let email: EmailAddress?

    package static let nobody = ZidCustomer(id: nil, name: nil, phone: nil, email: nil)

    package init(id: String?, name: String?, phone: String?, email: EmailAddress?) {
        self.id = id
        self.name = name
        self.phone = phone
        self.email = email
    }

    /// - Parameter isMasked: Whether the order is of a marketplace, whose customers have no id of the store.
    package init(_ json: JSONValue?, isMasked: Bool) {
        let words = { (name: String) in ZidReading.text(json?[name]).flatMap { $0.contains("*") ? nil : $0 } }
        id = isMasked ? nil : ZidReading.id(json?["id"])
        name = words("name")
        email = words("email").flatMap(EmailAddress.init).flatMap { $0.domain.contains(".") ? $0 : nil }
        phone =
            (words("mobile") ?? words("phone")).flatMap(Self.phone)
            ?? json?["mobile"]?.wholeNumber.flatMap { Self.phone(String($0)) }
    }

    /// Zid writes numbers with their country, mostly without `+`.
    private static func phone(_ text: String) -> String? {
        let hasPrefix = text.hasPrefix("+") || text.hasPrefix("00")
        return ContactIdentity(.phone, hasPrefix ? text : "+" + text)?.value
    }

    /// What the CRM knows such a person by, the surest first.
    package var identities: [ContactIdentity] {
        [
            id.flatMap { ContactIdentity(.zid, $0) }, phone.flatMap { ContactIdentity(.phone, $0) },
            email.flatMap { ContactIdentity(.email, $0.text) },
        ].compactMap(\.self)
    }

    /// As it is kept until all is delivered.
    package var json: JSONValue {
        [
            "id": .optional(id), "name": .optional(name), "mobile": .optional(phone), "email": .optional(email?.text),
        ]
    }
}
