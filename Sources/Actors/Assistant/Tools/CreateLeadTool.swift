package import Domain

/// Writes down somebody who may become a customer.
package struct CreateLeadTool: TextTool {
    package let name = "create_lead"
    package let purpose = """
        Tells sales that this customer wants something that they should follow up: many codes, an offer, something that \
        is not in the shop. Ask for a name first when none is known.
        """
    package let parameters = [interest, person, phone, email]

    private static let interest = ToolParameter.required("interest", 1000, "What the customer wants, in Arabic.")
    private static let person = ToolParameter.optional("name", 200, "As the customer gave it.")
    private static let phone = ToolParameter.optional("phone", 64, "As the customer gave it.")
    private static let email = ToolParameter.optional("email", 254, "As the customer gave it.")
    private static let source = "assistant"

    private let leads: any LeadStore
    private let customers: CustomerBook
    private let now: @Sendable () -> Timestamp

    package init(leads: any LeadStore, customers: CustomerBook, now: @escaping @Sendable () -> Timestamp) {
        self.leads = leads
        self.customers = customers
        self.now = now
    }

    package func run(_ arguments: ToolArguments, in run: AssistantRun.ID) async throws -> JSONValue {
        let customer = try await customers.customer(in: run.room)
        guard let name = arguments[Self.person] ?? customer.name else {
            throw ToolFault("name is missing: ask the customer for it")
        }
        if let contact = customer.contact, try await isWaiting(contact) {
            return ["created": false, "hint": "Sales know already that they should follow this customer up."]
        }
        let moment = now()
        var lead = Lead(id: .make(at: moment), at: moment)
        lead.contact = customer.contact
        lead.name = String(name.prefix(200))
        lead.phone = try phone(arguments) ?? customer.phone
        lead.email = arguments[Self.email]
        lead.source = Self.source
        lead.notes = "\(arguments[Self.interest] ?? "")\n(\(run.room))"
        try lead.check()
        let said = [Self.interest, Self.person, Self.phone, Self.email].map { arguments[$0] }
        let writing = Writing(by: .system, at: moment, once: run.once(self.name, said) { (_: Lead) in Self.made })
        do {
            _ = try await leads.add(lead, scope: .everything, writing)
        } catch let error as HubError where error.code == .keyReused {
            throw ToolFault("a lead was made in this answer already")
        }
        return Self.made
    }

    private static let made: JSONValue = ["created": true]

    /// Whether the last one has not been looked at.
    private func isWaiting(_ contact: ContactID) async throws -> Bool {
        var filter = LeadFilter(scope: .everything)
        filter.contact = contact
        filter.state = .new
        filter.source = Self.source
        return try await !leads.leads(ListRequest(filter: filter, order: LeadSort.usual, limit: 1)).items.isEmpty
    }

    private func phone(_ arguments: ToolArguments) throws(ToolFault) -> String? {
        guard let text = arguments[Self.phone] else { return nil }
        guard let phone = CustomerBook.phone(text) else {
            throw ToolFault("phone \(ContactIdentity.form(of: .phone)): ask the customer")
        }
        return phone
    }
}
