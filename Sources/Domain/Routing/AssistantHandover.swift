/// The assistant gives a conversation to people: to the queue of a team, or to the one that everybody serves.
package struct AssistantHandover: Sendable, Equatable {
    package enum Reason: String, Sendable, CaseIterable {
        /// The customer wants a person.
        case asked
        /// It does not know, or may not do it.
        case unsure
        /// It could not answer: an error, or no answer in time.
        case failed
        /// A budget is used up, or it was turned off.
        case stopped
    }

    package static let maxNoteLength = Transfer.maxNoteLength
    package static let maxNoticeLength = 1000

    package let room: RoomID
    /// Under which the assistant has it; the handover of a turn that is over changes nothing.
    package let epoch: Int64
    /// Nil for the team whose conversation it is, or else of its channel.
    package let team: TeamID?
    /// What happened so far, for colleagues; customers never see it.
    package let note: String
    /// What the customer is told; empty for nothing.
    package let notice: String
    package let reason: Reason

    /// Texts that are too long are cut: nothing that goes wrong with words may keep a customer from a person.
    package init(room: RoomID, epoch: Int64, team: TeamID?, note: String, notice: String, reason: Reason) {
        self.room = room
        self.epoch = epoch
        self.team = team
        self.note = String(note.unicodeScalars.prefix(Self.maxNoteLength))
        self.notice = String(notice.unicodeScalars.prefix(Self.maxNoticeLength))
        self.reason = reason
    }
}

extension AssistantHandover {
    /// Where the customer waits then: since they wrote what nobody answered, or from now on.
    func entry(_ found: RoutingTurn.Found, at now: Timestamp) throws(HubError) -> QueueEntry {
        guard let conversation = found.facts.first(where: { $0.room == room })?.conversation,
            conversation.state == .open, Ownership(of: conversation) == Ownership(.assistant, epoch: epoch)
        else { throw .conflict("the conversation changed hands meanwhile: look whose it is now") }
        let wanted = team.flatMap { found.teams.contains($0) ? $0 : nil }
        return QueueEntry(
            room: room, channel: conversation.channel,
            team: wanted ?? conversation.team ?? found.rules.entrances[conversation.channel],
            enteredAt: conversation.waitingSince ?? now, preferred: conversation.lastAgent,
            epoch: epoch + 1, note: note)
    }
}
