package enum ProductIDKind: IDKind { package static let letter = UInt8(ascii: "p") }

package typealias ProductID = ID<ProductIDKind>
