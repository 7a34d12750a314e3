package import Domain

/// Tells rooms how far their messages got, as `status` events by the hub.
package struct RoomReporter: OutboxReporter {
    private let gateway: any RoomGateway

    package init(gateway: any RoomGateway) {
        self.gateway = gateway
    }

    package func tell(_ progress: MessageProgress, of message: SequenceNumber, in room: RoomID) async throws {
        let draft = Draft(
            author: .hub,
            mid: .reached(progress.status, message),
            content: .status(target: message, progress.status, problem: progress.problem?.text)
        )
        do {
            _ = try await gateway.append(draft, to: room)
        } catch let error as HubError {
            switch error.code {
            // It got further already; it failed before for another reason; it is a reaction, which has no status.
            case .conflict, .midConflict, .notFound: return
            case .badRequest, .unauthorized, .forbidden, .notJoined, .tooLarge, .rateLimited, .notEnough, .stale,
                .invalid, .keyReused, .busy, .unavailable, .internal:
                throw error
            }
        }
    }
}
