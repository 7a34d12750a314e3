/// Which conversations wait for the assistant, and which hub answers them.
///
/// A run that is claimed belongs to one hub until it ends, or until that hub has not renewed its lease in time.
package protocol AssistantRunStore: Sendable {
    /// Open conversations of the assistant whose customer waits and that nobody answers now; who waits longest first.
    func waiting(limit: Int) async throws -> [AssistantRun.ID]

    /// Returns whether the run is the hub's now: false when another one answers in that room.
    func claim(_ run: AssistantRun.ID, by hub: String, until lease: Timestamp) async throws -> Bool

    /// Keeps all runs of a hub.
    func renew(by hub: String, until lease: Timestamp) async throws

    /// Nobody answers in the room any more. A run that is claimed by another hub meanwhile stays.
    func end(_ run: AssistantRun.ID, by hub: String) async throws

    /// Takes runs over whose hub is gone.
    func takeOver(at moment: Timestamp, by hub: String, until lease: Timestamp, limit: Int) async throws
        -> [AssistantRun.ID]
}
