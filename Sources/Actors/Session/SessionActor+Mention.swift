import Domain
import Wire

extension SessionActor {
    /// Somebody mentioned this person, in a room that they need not have joined.
    func tell(_ mention: Mention) {
        guard case .staff(let user) = principal else { return }
        // The note may be about a conversation of a team that they are not in.
        if let sight = environment.routing.sight(of: user), !mention.isVisible(to: sight) { return }
        broadcast(PushEncoder.mention(mention))
    }
}
