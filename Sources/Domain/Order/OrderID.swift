package enum OrderIDKind: IDKind { package static let letter = UInt8(ascii: "O") }

package typealias OrderID = ID<OrderIDKind>
