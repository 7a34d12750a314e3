package import Domain

/// Makes the shop's calendar show what call-backs say when their entries of the outbox leave.
package struct CalendarChannel: OutboundChannel {
    private let client: GoogleCalendarClient
    private let callbacks: any CallbackStore
    private let now: @Sendable () -> Timestamp

    package init(
        client: GoogleCalendarClient,
        callbacks: any CallbackStore,
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.client = client
        self.callbacks = callbacks
        self.now = now
    }

    package func send(_ entry: OutboxEntry) async -> SendOutcome {
        guard case .appointment(let id) = entry.content else {
            return .refused(SendRefusal(.permanent, .otherChannel))
        }
        let booking: CalendarBooking?
        do {
            booking = try await callbacks.callback(id, scope: .everything).appointment
        } catch let error as HubError where error.code == .notFound {
            // Erased: nothing of it stays.
            booking = nil
        } catch {
            return .notSent(.storeAway)
        }
        guard let booking else { return await client.remove(CalendarEventID(naming: id.text), at: now()) }
        return await client.book(booking, at: now())
    }
}
