package enum CodeImportIDKind: IDKind { package static let letter = UInt8(ascii: "b") }

package typealias CodeImportID = ID<CodeImportIDKind>
