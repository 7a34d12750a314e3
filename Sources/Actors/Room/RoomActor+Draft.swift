import Domain
import Wire

/// What the assistant is writing, shown while it grows.
extension RoomActor {
    /// Shows a piece of an answer to whoever is here. A piece of a run that is over, or was not heard of, is dropped.
    ///
    /// - Parameter startsAnew: What was shown of this run counts no more; whoever sees the place 0 begins again.
    func show(_ piece: String, of run: AssistantRun.ID, startsAnew: Bool) {
        guard draft?.run == run else { return }
        if startsAnew { draft = AssistantDraft(run) }
        guard let offset = draft?.append(piece) else { return }
        publish(.droppable(PushEncoder.delta(run, at: offset, piece)))
    }

    /// The log says which answer goes on.
    func noteRuns(_ events: some Collection<RoomEvent>) {
        for event in events {
            guard case .run(let run) = event.content else { continue }
            draft = run.state == .started ? AssistantDraft(run.id) : nil
        }
    }
}

extension RoomEvent {
    /// Whether nothing more is written under this run.
    func ends(_ run: AssistantRun.ID) -> Bool {
        if case .run(let told) = content { told.id == run && told.state != .started } else { false }
    }
}
