import Domain
import Wire

/// What the assistant is writing, shown while it grows.
extension RoomActor {
    /// Shows a piece of an answer to whoever is here.
    ///
    /// - Parameter startsAnew: What was shown of this run counts no more; whoever sees the place 0 begins again.
    func show(_ piece: String, of run: AssistantRun.ID, startsAnew: Bool) {
        if startsAnew || draft?.run != run { draft = AssistantDraft(run) }
        guard let offset = draft?.append(piece) else { return }
        publish(.droppable(PushEncoder.delta(run, at: offset, piece)))
    }
}

extension RoomEvent {
    /// Whether nothing more is written under this run.
    func ends(_ run: AssistantRun.ID) -> Bool {
        if case .run(let told) = content { told.id == run && told.state != .started } else { false }
    }
}
