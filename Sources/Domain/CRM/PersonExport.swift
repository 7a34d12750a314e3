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
    /// What they got, without the texts of the codes.
    package let codes: [DigitalCode]
    package let goals: [ProgressGoal]
    package let checkIns: [CheckIn]
    package let enrolments: [TrainingProgress]
    /// Who they are on WhatsApp.
    package let people: [WhatsAppIdentity]

    package let orders: [Order]
    package let callbacks: [Callback]
    package let sms: [SMSMessage]

    /// The shop's numbers of the orders that codes were for.
    package var orderNumbers: [String] { Set(codes.compactMap(\.recipient?.order)).sorted() }

    package init(
        contact: CRMContact,
        merged: [CRMContact],
        notes: [ContactNote],
        leads: [Lead],
        deals: [Deal],
        moves: [DealMove],
        visitors: [Visitor],
        codes: [DigitalCode],
        goals: [ProgressGoal],
        checkIns: [CheckIn],
        enrolments: [TrainingProgress],
        people: [WhatsAppIdentity],
        orders: [Order],
        callbacks: [Callback],
        sms: [SMSMessage]
    ) {
        self.contact = contact
        self.merged = merged
        self.notes = notes
        self.leads = leads
        self.deals = deals
        self.moves = moves
        self.visitors = visitors
        self.codes = codes
        self.goals = goals
        self.checkIns = checkIns
        self.enrolments = enrolments
        self.people = people
        self.orders = orders
        self.callbacks = callbacks
        self.sms = sms
    }
}
