package enum ProgressGoalIDKind: IDKind { package static let letter = UInt8(ascii: "j") }
package enum CheckInIDKind: IDKind { package static let letter = UInt8(ascii: "q") }

package typealias ProgressGoalID = ID<ProgressGoalIDKind>
package typealias CheckInID = ID<CheckInIDKind>
