/// Somebody who may become a customer.
package struct Lead: Versioned, Sendable, Equatable {
    package enum State: String, Sendable, CaseIterable {
        case new, contacted, qualified
        /// A deal was made of it. Final.
        case converted
        case lost

        /// What staff may make of it next; `converted` is reached by converting alone.
        package var next: [State] {
            switch self {
            case .new: [.contacted, .lost]
            case .contacted: [.qualified, .lost]
            case .qualified: [.lost]
            case .converted: []
            case .lost: [.new]
            }
        }
    }

    package let id: LeadID
    /// Rises with every change.
    package var version: Int64
    /// Nil while only `name`, `phone` and `email` say who it is.
    package var contact: ContactID?
    package var name: String?
    /// E.164.
    package var phone: String?
    /// Lower-cased.
    package var email: String?
    /// Where it came from: `website`, `instagram`, …
    package var source: String
    package private(set) var state: State
    package var owner: UserID?
    package var notes: String?
    /// What it may be worth, in the currency's minor unit.
    package var value: Int64?
    package var currency: Currency
    /// What it was converted into.
    package private(set) var deal: DealID?
    package let createdAt: Timestamp
    package var changedAt: Timestamp

    /// A new lead from nowhere, to be filled in.
    package init(id: LeadID, at moment: Timestamp) {
        self.id = id
        version = 1
        source = ""
        state = .new
        currency = .riyal
        createdAt = moment
        changedAt = moment
    }

    /// As it was stored.
    package init(id: LeadID, state: State, deal: DealID?, createdAt: Timestamp) {
        self.init(id: id, at: createdAt)
        self.state = state
        self.deal = deal
    }

    /// Throws `conflict` for a step that is none.
    package mutating func move(to next: State) throws(HubError) {
        guard next != state else { return }
        guard next != .converted else { throw .conflict("convert a lead with POST …/convert") }
        guard state.next.contains(next) else {
            let choices = state.next.map(\.rawValue).joined(separator: ", ")
            throw .conflict(
                "a lead that is \(state.rawValue) can become: \(choices.isEmpty ? "nothing else" : choices)")
        }
        state = next
    }

    /// Throws `conflict` when it is not qualified.
    package mutating func convert(into deal: DealID, of contact: ContactID) throws(HubError) {
        guard state == .qualified else {
            throw .conflict("only a qualified lead is converted, and this one is \(state.rawValue)")
        }
        state = .converted
        self.deal = deal
        self.contact = contact
    }

    /// How the person can be known when there is no contact yet.
    package var identities: [ContactIdentity] {
        [phone.flatMap { ContactIdentity(.phone, $0) }, email.flatMap { ContactIdentity(.email, $0) }]
            .compactMap(\.self)
    }

    /// What a search finds it by.
    package var searchText: String {
        [name, phone, email, source].compactMap(\.self).joined(separator: " ")
    }

    /// Brings phone and e-mail into their one form. Throws `invalid` for what is neither, and for nobody.
    package mutating func check() throws(HubError) {
        var problems: [FieldProblem] = []
        func form(_ kind: ContactIdentity.Kind, _ text: String?) -> String? {
            guard let text else { return nil }
            guard let identity = ContactIdentity(kind, text) else {
                problems.append(FieldProblem("/\(kind.rawValue)", "mismatch", ContactIdentity.form(of: kind)))
                return nil
            }
            return identity.value
        }
        phone = form(.phone, phone)
        email = form(.email, email)
        if contact == nil, name == nil {
            problems.append(FieldProblem("/name", "conflict", "a lead needs a contact or a name"))
        }
        guard problems.isEmpty else { throw .invalid(problems) }
    }
}
