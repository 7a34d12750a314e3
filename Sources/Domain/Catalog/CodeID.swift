package enum CodeIDKind: IDKind { package static let letter = UInt8(ascii: "c") }

package typealias CodeID = ID<CodeIDKind>
