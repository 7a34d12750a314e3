/// What the driver does because a conversation's life went on, in this order.
package enum LifeEffect: Sendable, Equatable {
    /// A new case: its clocks begin anew.
    case beganCase(Int64)
    /// It waits in the queue now; `preferred` is whom it knows.
    case enteredQueue(preferred: UserID?)
    case leftQueue
    /// The owner is another one, with a new epoch.
    case ownerChanged(Ownership)
    case wakeAt(Timestamp)
    case forgetWaking
    case askSatisfaction(of: Int64)
    case recordSatisfaction(score: Int, of: Int64)
}
