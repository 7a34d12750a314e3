package enum CodeImportIDKind: IDKind { package static let prefix = "ci_" }

package typealias CodeImportID = ID<CodeImportIDKind>
