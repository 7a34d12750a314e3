package import Domain
package import Logging
import ServiceLifecycle
import Wire

/// Takes routing's turns on this hub, and tells people here what came of them.
///
/// Every hub has one, and any may take a turn: the store lets one at a time. So it sleeps until somebody here wakes it,
/// until the next deadline, or until a look shows that another hub left something to do, as one that was killed does.
package actor RoutingActor: Service {
    private let store: any RoutingStore
    private let board: RoutingBoard
    private let rooms: RoomDirectory
    private let sessions: SessionDirectory
    /// This hub's name among those of the store.
    private let hub: String
    private let doorman: AssistantDoorman?
    private let limits: RoutingLimits
    private let now: @Sendable () -> Timestamp
    private let logger: Logger

    private var shown = RoutingPicture(version: -1)
    private var shownAt = Timestamp(milliseconds: 0)
    private var beatenAt = Timestamp(milliseconds: 0)
    private var turnedAt = Timestamp(milliseconds: 0)
    /// What agents here were asked last.
    private var told: [RoomID: Offer] = [:]
    private var turns: UInt64 = 0
    private var looked: (door: AssistantDoor, at: Timestamp)?
    private var durations = Histogram.latency

    package init(
        store: any RoutingStore,
        board: RoutingBoard,
        rooms: RoomDirectory,
        sessions: SessionDirectory,
        hub: String,
        doorman: AssistantDoorman? = nil,
        limits: RoutingLimits,
        now: @escaping @Sendable () -> Timestamp,
        logger: Logger
    ) {
        self.store = store
        self.board = board
        self.rooms = rooms
        self.sessions = sessions
        self.hub = hub
        self.doorman = doorman
        self.limits = limits
        self.now = now
        self.logger = logger
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown { await self.work() }
    }

    /// Grants a wish of somebody who may see the conversation, or throws why it is not granted.
    package func ask(
        _ wish: RoutingWish,
        as user: User,
        note: (author: Participant, text: String)? = nil,
        auditedFor actor: AuditActor? = nil
    ) async throws {
        try await rooms.authorize(.staff(user), in: wish.room)
        let result = try await store.takeTurn(wish, note: note, auditedFor: actor, door: try await door(), at: now())
        tell(result)
        if let refusal = result.refusal { throw refusal }
    }

    /// What somebody sees of conversations; nil for one who sees all.
    package nonisolated func sight(of user: User) -> TeamSight? {
        board.sight(of: user)
    }

    /// Gives a conversation of the assistant to people: place in the queue, note and notice in one transaction.
    ///
    /// Throws `conflict` when the assistant has it no more under that epoch.
    package func handOver(_ handover: AssistantHandover) async throws {
        let result = try await store.takeTurn(
            .handover(handover), note: (.assistant, handover.note), auditedFor: .system, door: try await door(),
            at: now())
        tell(result)
        if let refusal = result.refusal { throw refusal }
    }

    /// Everything as it is now.
    package func picture() async throws -> RoutingPicture {
        try await store.picture()
    }

    /// As `picture`, without those who wait for teams whose conversations `user` does not see.
    package func picture(for user: User) async throws -> RoutingPicture {
        var picture = try await store.picture()
        let sight = TeamSight(of: user, in: picture)
        guard sight.teams != nil else { return picture }
        // Routing may not have heard yet to which team a conversation went; after a turn it has.
        let result = try await store.takeTurn(
            nil, note: nil, auditedFor: nil, door: try await door(), at: now())
        tell(result)
        picture = result.picture
        picture.state.entries = picture.state.entries.filter { sight.sees(team: $0.value.team) }
        return picture
    }

    /// Learns who sees what, before anybody is let in.
    package func prepare() async throws {
        show(try await store.picture())
    }

    // MARK: Time

    private func work() async {
        await withDiscardingTaskGroup { group in
            group.addTask { [board, limits] in
                while !Task.isCancelled {
                    board.wake()
                    try? await Task.sleep(for: limits.glance)
                }
            }
            for await _ in board.wakeUps {
                let start = ContinuousClock.now
                do {
                    try await look()
                } catch {
                    logger.debug("routing waits for the store", metadata: ["error": "\(error)"])
                }
                // Turns take at most a fifth of the time, however much there is to load.
                try? await Task.sleep(for: max(limits.gather, (ContinuousClock.now - start) * 4))
            }
        }
    }

    private func look() async throws {
        let isNews = try await beat()
        let glance = try await store.glance()
        let moment = now()
        let isDue = glance.nextDeadline.map { $0 <= moment } ?? false
        if board.takeRequest() || isNews || isDue || glance.hasSignals || turnedAt + limits.beat <= moment {
            try await turn()
        } else if glance.version != shown.version || shownAt + limits.refresh <= moment {
            show(try await store.picture())
        }
        greet()
    }

    private func turn() async throws {
        let start = ContinuousClock.now
        let result = try await store.takeTurn(
            nil, note: nil, auditedFor: nil, door: try await door(), at: now())
        turnedAt = now()
        turns += 1
        durations.record((ContinuousClock.now - start) / .seconds(1))
        tell(result)
    }

    /// Whether the assistant meets new cases; at most as old as a look.
    private func door() async throws -> AssistantDoor {
        guard let doorman else { return AssistantDoor() }
        let moment = now()
        if let looked, moment - looked.at < limits.doorLifetime, moment >= looked.at { return looked.door }
        let door = try await doorman.door()
        looked = (door, moment)
        return door
    }

    /// Tells the store that this hub lives and who is here; returns whether a turn should look at it.
    private func beat() async throws -> Bool {
        let moment = now()
        let changed = board.takeChanged(at: moment)
        guard !changed.isEmpty || beatenAt + limits.beat <= moment else { return false }
        do {
            let outcome = try await store.beat(of: hub, changed, at: moment, lifetime: limits.lifetime)
            var isNews = outcome.forgotOthers || !changed.isEmpty
            if outcome.wasForgotten {
                let everybody = board.everybodyHere()
                if !everybody.isEmpty {
                    _ = try await store.beat(of: hub, everybody, at: moment, lifetime: limits.lifetime)
                    isNews = true
                }
            }
            beatenAt = moment
            return isNews
        } catch {
            board.putBack(changed)
            throw error
        }
    }

    // MARK: Telling

    private func tell(_ result: RoutingTurnResult) {
        for (room, head) in result.heads { rooms.appended(upTo: head, in: room) }
        show(result.picture)
    }

    private func show(_ picture: RoutingPicture) {
        // Two turns may end here in the other order.
        guard picture.version >= shown.version else { return }
        shown = picture
        shownAt = now()
        let news = board.show(picture, at: shownAt)
        if news.sightChanged { rooms.checkSight() }
        for (room, place) in news.places {
            rooms.loadedRoom(room)?.tell { $0.publish(.latest(PushEncoder.queue(room, place), key: "queue/\(room)")) }
        }
        let offers = picture.state.offers
        for (room, offer) in told where !offer.isSameQuestion(as: offers[room]) {
            sessions.broadcast(PushEncoder.offerEnded(room), toStaff: [offer.agent])
        }
        for (room, offer) in offers where !offer.isSameQuestion(as: told[room]) { ask(offer) }
        told = offers
    }

    private func greet() {
        let greeted = board.takeGreeted()
        guard !greeted.isEmpty else { return }
        for offer in told.values where greeted.contains(offer.agent) { ask(offer) }
    }

    private func ask(_ offer: Offer) {
        let left = max(.zero, offer.expiresAt - now())
        sessions.broadcast(PushEncoder.offer(offer, expiresIn: left), toStaff: [offer.agent])
    }
}

extension RoutingActor: MetricSource {
    package func families() async -> [MetricFamily] {
        let state = shown.state
        return [
            .gauge("hub_routing_waiting", "Customers who wait for an agent.", Double(state.entries.count)),
            .gauge("hub_routing_offers", "Agents who are being asked.", Double(state.offers.count)),
            .gauge("hub_routing_held", "Conversations that agents have.", Double(state.holdings.count)),
            .counter("hub_routing_turns_total", "Turns that this hub took.", Double(turns)),
            .histogram("hub_routing_turn_duration_seconds", "A turn, with its transaction.", [([], durations)]),
        ]
    }
}
