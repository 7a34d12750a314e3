/// What the shop holds of one person, but the messages, which are read room by room.
package struct PersonExport: Sendable {
    package let contact: CRMContact
    /// Contacts that were merged into this one, as they were.
    package let merged: [CRMContact]
    package let notes: [ContactNote]
    package let leads: [Lead]
    package let deals: [Deal]
    package let moves: [DealMove]
    package let visitors: [Visitor]

    package init(
        contact: CRMContact,
        merged: [CRMContact],
        notes: [ContactNote],
        leads: [Lead],
        deals: [Deal],
        moves: [DealMove],
        visitors: [Visitor]
    ) {
        self.contact = contact
        self.merged = merged
        self.notes = notes
        self.leads = leads
        self.deals = deals
        self.moves = moves
        self.visitors = visitors
    }
}
