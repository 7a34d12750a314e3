package enum IntegrationIDKind: IDKind { package static let letter = UInt8(ascii: "I") }
package enum IntegrationTestIDKind: IDKind { package static let letter = UInt8(ascii: "T") }

package typealias IntegrationID = ID<IntegrationIDKind>
package typealias IntegrationTestID = ID<IntegrationTestIDKind>
