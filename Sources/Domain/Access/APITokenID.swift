package enum APITokenIDKind: IDKind { package static let prefix = "k_" }

package typealias APITokenID = ID<APITokenIDKind>
