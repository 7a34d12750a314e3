/// An order some of whose codes are owed and due.
package struct OwedOrder: Sendable, Equatable {
    package let order: Order
    /// Its customer as it was told with the order.
    package let customer: ZidCustomer
    package let language: Language
    package let debts: [CodeDebt]
    /// How often it was taken up, this time included.
    package let attempts: Int64

    package init(order: Order, customer: ZidCustomer, language: Language, debts: [CodeDebt], attempts: Int64) {
        self.order = order
        self.customer = customer
        self.language = language
        self.debts = debts
        self.attempts = attempts
    }
}

/// Reserved codes that go to whoever paid for them.
package struct CodeDelivery: Sendable {
    /// Reserved for the order.
    package let codes: [CodeID]
    package let order: OrderID
    package let debt: CodeDebt
    package let room: RoomID
    /// Holds their texts.
    package let message: Draft
    /// The mail that takes them along; nil where the conversation itself reaches the customer.
    package let mail: CodeMail?

    package init(codes: [CodeID], order: OrderID, debt: CodeDebt, room: RoomID, message: Draft, mail: CodeMail?) {
        self.codes = codes
        self.order = order
        self.debt = debt
        self.room = room
        self.message = message
        self.mail = mail
    }
}

/// How a mail with codes leaves. Which message it is about is known when that is appended.
package struct CodeMail: Sendable, Equatable {
    package let id: OutboxEntryID
    package let mailbox: String
    package let recipient: EmailAddress
    package let language: Language

    package init(id: OutboxEntryID, from mailbox: String, to recipient: EmailAddress, in language: Language) {
        self.id = id
        self.mailbox = mailbox
        self.recipient = recipient
        self.language = language
    }

    /// - Parameter seq: Of the message with the codes.
    package func post(_ seq: SequenceNumber, in room: RoomID, mid: MID) -> MailPost {
        MailPost(
            id: id, from: mailbox, to: recipient, MailOrder(.message(seq), of: room, in: language), author: .hub,
            mid: mid, note: "أكواد الطلب تُرسل إلى \(recipient) · The codes of the order go to \(recipient)")
    }
}

/// How the delivery of codes ended.
package enum CodeDelivered: Sendable, Equatable {
    case done(HandedOver, mail: PostedMail?)
    /// It is owed no more: somebody else delivered it, or the order does not stand any more.
    case settled
}
