package enum CodeIDKind: IDKind { package static let prefix = "c_" }

package typealias CodeID = ID<CodeIDKind>
