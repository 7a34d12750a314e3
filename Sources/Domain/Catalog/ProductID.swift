package enum ProductIDKind: IDKind { package static let prefix = "p_" }

package typealias ProductID = ID<ProductIDKind>
