package enum HookEndpointIDKind: IDKind { package static let letter = UInt8(ascii: "H") }
package enum HookEventIDKind: IDKind { package static let letter = UInt8(ascii: "E") }
package enum HookDeliveryIDKind: IDKind { package static let letter = UInt8(ascii: "D") }
package enum HookSecretIDKind: IDKind { package static let letter = UInt8(ascii: "Y") }

package typealias HookEndpointID = ID<HookEndpointIDKind>
/// Goes out as `webhook-id`: the same for every endpoint, every try and every replay.
package typealias HookEventID = ID<HookEventIDKind>
package typealias HookDeliveryID = ID<HookDeliveryIDKind>
package typealias HookSecretID = ID<HookSecretIDKind>
