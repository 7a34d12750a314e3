package enum ProgressGoalIDKind: IDKind { package static let prefix = "pg_" }
package enum CheckInIDKind: IDKind { package static let prefix = "ci_" }

package typealias ProgressGoalID = ID<ProgressGoalIDKind>
package typealias CheckInID = ID<CheckInIDKind>
