package import Domain

/// The stores behind contacts, leads and deals.
package struct CRMStores: Sendable {
    package let contacts: any ContactStore
    package let merging: any ContactMerging
    package let persons: any PersonalData
    /// For the messages of a person's conversations.
    package let rooms: any RoomStore
    package let leads: any LeadStore
    package let deals: any DealStore

    package init(
        contacts: any ContactStore,
        merging: any ContactMerging,
        persons: any PersonalData,
        rooms: any RoomStore,
        leads: any LeadStore,
        deals: any DealStore
    ) {
        self.contacts = contacts
        self.merging = merging
        self.persons = persons
        self.rooms = rooms
        self.leads = leads
        self.deals = deals
    }
}

extension Call {
    /// What of the CRM the caller sees.
    var scope: CRMScope { CRMScope(of: caller.user) }
}

extension Schema {
    /// An amount in the minor unit of a currency.
    static let amount = Schema.integer(0...1_000_000_000_000)
}

extension Endpoint.Parameter {
    /// When something was made, from a moment on and before another.
    static let created: [Self] = [
        .init(name: "created_from", schema: .moment, note: "Made at this moment or after it."),
        .init(name: "created_before", schema: .moment),
    ]
}
