package enum CallbackIDKind: IDKind { package static let letter = UInt8(ascii: "B") }

package typealias CallbackID = ID<CallbackIDKind>
