/// How many codes an order is to get, and how many it got.
package struct OrderCodes: Sendable, Equatable {
    /// Pieces of products that are sold as codes.
    package let wanted: Int64
    package let reserved: Int64
    /// Sold to the order, which cannot be taken back.
    package let delivered: Int64
    /// Why those that are owed do not go out now; nil when nothing is owed, or they are on their way.
    package let waitsFor: DeliveryWait?

    package static let none = OrderCodes(wanted: 0, reserved: 0, delivered: 0)

    package init(wanted: Int64, reserved: Int64, delivered: Int64, waitsFor: DeliveryWait? = nil) {
        self.wanted = wanted
        self.reserved = reserved
        self.delivered = delivered
        self.waitsFor = waitsFor
    }

    package var document: JSONValue {
        [
            "wanted": .integer(wanted), "reserved": .integer(reserved), "delivered": .integer(delivered),
            "waits_for": .optional(waitsFor?.word),
        ]
    }
}
