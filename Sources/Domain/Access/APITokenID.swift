package enum APITokenIDKind: IDKind { package static let letter = UInt8(ascii: "k") }

package typealias APITokenID = ID<APITokenIDKind>
