package enum SMSIDKind: IDKind { package static let letter = UInt8(ascii: "S") }
package typealias SMSID = ID<SMSIDKind>
