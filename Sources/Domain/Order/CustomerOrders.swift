/// What a customer may be told of their orders.
package struct CustomerOrders: Sendable, Equatable {
    /// Nil while it is not sure who the customer is: then only what belongs to their conversation is here.
    package let contact: ContactID?
    package let orders: [Order]

    package init(contact: ContactID?, orders: [Order]) {
        self.contact = contact
        self.orders = orders
    }
}
