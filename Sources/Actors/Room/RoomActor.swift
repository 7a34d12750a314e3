package import Domain
import Logging
import Wire

/// One loaded room: drives its machines, and knows who is connected to it.
///
/// Pinned to an execution lane, so that a socket on the same loop reaches it without a hop. Nothing here
/// decides what is appended (`AppendPlan`), in which order it is published (`RoomMachine`) or who may join
/// (`RoomAccess`). An actor may be dropped at any time: the store is the truth.
package actor RoomActor {
    private enum Phase {
        case unloaded
        case loading
        case loaded
        /// The directory gave this actor up; a late caller is sent to its successor.
        case retired
    }

    struct Member {
        let connection: ConnectionHandle
        let principal: Principal
    }

    package nonisolated let id: RoomID
    nonisolated let topic = TopicKey.make()
    nonisolated let lane: any ExecutionLane
    package nonisolated var unownedExecutor: UnownedSerialExecutor { lane.executor.asUnownedSerialExecutor() }

    let environment: RoomEnvironment
    unowned let directory: RoomDirectory
    private var phase = Phase.unloaded
    private var waitingForLoad: [@Sendable (isolated RoomActor, Result<Void, HubError>) -> Void] = []

    /// Nil when there is no such room.
    private(set) var kind: RoomKind?
    /// Of a conversation: the room of private notes.
    private(set) var side: RoomID?
    /// Of a conversation: through what its customer writes.
    private(set) var channel: Conversation.Channel?
    private(set) var internalMembers: [String: Participant] = [:]
    private(set) var tail: EventTail
    /// When the log was overwritten, as far as memory knows.
    private var erasedAt: Timestamp?
    /// Whether what is under way may still bring events as they were before the log was overwritten.
    private var isForgetting = false
    private var machine: RoomMachine<WriteTicket>
    var presence: PresenceMachine
    var typing: TypingMachine
    /// Highest read markers of each side.
    var customerRead = SequenceNumber.zero
    var agentsRead = SequenceNumber.zero

    private(set) var members = SmallDictionary<ConnectionID, Member>()
    /// Where members are; there are only as many lanes as event loops.
    private var lanes: [(lane: any ConnectionLane, members: Int)] = []
    var headWaiters = HeadWaiters()
    /// What the assistant is writing, as far as this hub knows.
    var draft: AssistantDraft?
    private var timerDeadline: Timestamp?
    private var lastUsedAt: Timestamp

    init(id: RoomID, lane: any ExecutionLane, environment: RoomEnvironment, directory: RoomDirectory) {
        self.id = id
        self.lane = lane
        self.environment = environment
        self.directory = directory
        tail = EventTail(head: .zero, events: [], capacity: environment.limits.tailEvents)
        machine = RoomMachine(
            head: .zero,
            maxQueued: environment.limits.maxQueuedDrafts,
            maxBatch: environment.limits.maxDraftsPerAppend
        )
        presence = PresenceMachine(grace: environment.limits.presenceGrace)
        typing = TypingMachine(lifetime: environment.limits.typingLifetime)
        lastUsedAt = environment.now()
    }

    /// Runs `work` on this actor: at once on its own lane, otherwise in the order of the calls.
    nonisolated func tell(_ work: @escaping @Sendable (isolated RoomActor) -> Void) {
        if lane.isCurrent {
            assumeIsolated(work)
        } else {
            lane.execute { self.assumeIsolated(work) }
        }
    }

    // MARK: Loading

    /// Runs `work` once the room is known, or with the reason why it is not.
    func whenLoaded(_ work: @escaping @Sendable (isolated RoomActor, Result<Void, HubError>) -> Void) {
        lastUsedAt = environment.now()
        switch phase {
        case .loaded:
            work(self, .success(()))
        case .retired:
            directory.room(id).tell { $0.whenLoaded(work) }
        case .unloaded, .loading:
            guard waitingForLoad.count < environment.limits.maxWaitingForLoad else {
                work(self, .failure(.busy("this room is being loaded and too many wait for it")))
                return
            }
            waitingForLoad.append(work)
            if phase == .unloaded { load() }
        }
    }

    private func load() {
        phase = .loading
        Task {
            let result: Result<Void, HubError>
            do {
                try await readFromStore()
                phase = .loaded
                result = .success(())
            } catch {
                phase = .unloaded
                result = .failure(HubError(reporting: error, to: environment.logger))
            }
            let waiting = waitingForLoad
            waitingForLoad = []
            for work in waiting { work(self, result) }
        }
    }

    private func readFromStore() async throws {
        let store = environment.rooms
        guard let room = try await store.room(id) else { return }
        let start = SequenceNumber(max(0, room.head.value - Int64(environment.limits.tailEvents)))
        let events = try await store.events(of: id, after: start, limit: environment.limits.tailEvents)
        let members = room.kind.hasMembers ? try await store.members(of: id) : []
        let reads = try await store.readState(of: id, for: .hub)
        // The head may have moved between the two reads: the events are what counts.
        let head = events.last?.seq ?? room.head
        kind = room.kind
        side = room.conversation?.side
        channel = room.conversation?.channel
        internalMembers = Dictionary(members.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
        customerRead = reads.customerRead
        agentsRead = reads.agentsRead
        tail = EventTail(head: head, events: events, capacity: environment.limits.tailEvents)
        noteRuns(events)
        machine = RoomMachine(
            head: head,
            maxQueued: environment.limits.maxQueuedDrafts,
            maxBatch: environment.limits.maxDraftsPerAppend
        )
    }

    // MARK: Writing

    /// Appends for a connection; it must have joined.
    func write(_ draft: Draft, from connection: ConnectionHandle, id: Int64?) {
        whenLoaded { room, loaded in
            switch loaded {
            case .failure(let error): connection.refuse(error, id: id)
            case .success:
                guard room.members[connection.id] != nil else {
                    connection.refuse(HubError(.notJoined, "join this room first"), id: id)
                    return
                }
                room.stopTyping(connection.id)
                room.submit(draft, .socket(connection, id: id))
            }
        }
    }

    /// Appends for a caller that was authorised otherwise.
    func write(_ draft: Draft, _ continuation: CheckedContinuation<WriteReceipt, any Error>) {
        whenLoaded { room, loaded in
            switch loaded {
            case .failure(let error): continuation.resume(throwing: error)
            case .success: room.submit(draft, .caller(continuation))
            }
        }
    }

    private func submit(_ draft: Draft, _ ticket: WriteTicket) {
        guard kind != nil else {
            ticket.fail(.notFound("there is no such room"))
            return
        }
        run(machine.submit(draft, ticket))
    }

    /// Another hub, or a look at the store, says that the log reaches this far.
    func headSeen(_ head: SequenceNumber) {
        switch phase {
        case .loaded: if kind != nil { run(machine.headSeen(head)) }
        // What is being read may be older than this, and nobody will say it again.
        case .loading: waitingForLoad.append { room, _ in room.headSeen(head) }
        case .unloaded, .retired: break
        }
    }

    /// The change feed says how the room stands in the store.
    func seen(_ change: RoomChange) {
        switch phase {
        case .loaded: forget(what: change.erasedAt)
        // What is being read may be older than this, too.
        case .loading: waitingForLoad.append { room, _ in room.forget(what: change.erasedAt) }
        case .unloaded, .retired: break
        }
        headSeen(change.head)
    }

    /// The log was overwritten: from now on the store is asked for what came before.
    private func forget(what erasedAt: Timestamp?) {
        guard let erasedAt, erasedAt != self.erasedAt else { return }
        self.erasedAt = erasedAt
        tail.forget()
        isForgetting = !machine.isQuiet
    }

    private func run(_ actions: [RoomMachine<WriteTicket>.Action]) {
        for action in actions {
            switch action {
            case .append(let batch):
                environment.commits.submit(AppendRequest(room: id, drafts: batch.map(\.draft))) { [self] result in
                    tell { $0.committed(result) }
                }
            case .fetch(let seq): fetch(after: seq)
            case .settle(let pending, let outcome): pending.ticket.settle(outcome.offering(environment.templates))
            case .fail(let pending, let error): pending.ticket.fail(error)
            case .publish(let events): publish(events)
            }
        }
    }

    private func committed(_ result: Result<AppendResult, HubError>) {
        switch result {
        case .success(let result):
            if result.concernsRouting {
                environment.routing.wake()
                environment.assistants.wake()
            }
            if result.events.contains(where: { $0.content.mentioning != nil }) { environment.mentioned.wake() }
            run(machine.appended(result.outcomes, result.events))
        case .failure(let error):
            run(machine.failed(error))
        }
    }

    private func fetch(after seq: SequenceNumber) {
        Task {
            do {
                let events = try await environment.rooms.events(
                    of: id, after: seq, limit: environment.limits.fetchPage)
                run(machine.fetched(events))
            } catch {
                machine.fetchFailed()
                lane.schedule(after: environment.limits.fetchRetry) { [weak self] in
                    guard let self else { return }
                    assumeIsolated { $0.run($0.machine.headSeen($0.tail.head)) }
                }
                environment.logger.warning(
                    "could not read what others appended",
                    metadata: [
                        "room.id": "\(id)", "error": "\(HubError(reporting: error, to: environment.logger).code)",
                    ]
                )
            }
        }
    }

    // MARK: Publishing

    /// Everything here is synchronous: members see the order of the log.
    private func publish(_ events: [RoomEvent]) {
        var rest = events[...]
        while !rest.isEmpty {
            // Who is removed sees that, and nothing after it.
            let cut = rest.firstIndex { $0.content.kind == .membership }.map { $0 + 1 } ?? rest.endIndex
            hand(rest[..<cut])
            if case .membership(let change, let who)? = rest[..<cut].last?.content { memberChanged(change, who) }
            rest = rest[cut...]
        }
        tail.append(events)
        noteRuns(events)
        if isForgetting {
            tail.forget()
            isForgetting = !machine.isQuiet
        }
        headWaiters.reached(tail.head)
        if kind == .conversation { environment.assistants.published(events, in: id) }
        if kind?.isInternal == false { environment.inbox.noteChange(of: id) }
        if events.contains(where: { $0.content.kind == .assignment }) { ownerChanged() }
    }

    private func hand(_ events: ArraySlice<RoomEvent>) {
        guard let first = events.first, !lanes.isEmpty else { return }
        let customersMaySee = kind == .conversation
        publish(.events(id, first: first.seq, events.map { EncodedPush($0, customersMaySee: customersMaySee) }))
    }

    func publish(_ content: Publication.Content, except connection: ConnectionID? = nil) {
        let publication = Publication(topic: topic, content, except: connection)
        for entry in lanes { entry.lane.post(.publish(publication)) }
    }

    private func memberChanged(_ change: EventContent.MembershipChange, _ who: Participant) {
        switch change {
        case .added:
            internalMembers[who.id] = who
        case .removed:
            internalMembers[who.id] = nil
            for member in members.values where member.principal.participant.isSamePerson(as: who) {
                expel(member, reason: "removed")
            }
        }
    }

    // MARK: Members

    func add(_ member: Member) {
        guard members.updateValue(member, forKey: member.connection.id) == nil else { return }
        if let place = place(of: member.connection.lane) {
            lanes[place].members += 1
        } else {
            lanes.append((member.connection.lane, 1))
        }
    }

    func leave(_ connection: ConnectionID) {
        switch phase {
        case .loaded: break
        // A leave must not overtake the join it follows.
        case .loading: waitingForLoad.append { room, _ in room.leave(connection) }
        case .retired: directory.loadedRoom(id)?.tell { $0.leave(connection) }
        case .unloaded: break
        }
        guard let member = members.removeValue(forKey: connection) else { return }
        member.connection.lane.post(.unsubscribe(member.connection.socket, topic))
        if let place = place(of: member.connection.lane) {
            lanes[place].members -= 1
            if lanes[place].members == 0 { lanes.remove(at: place) }
        }
        lastUsedAt = environment.now()
        stopTyping(connection)
        environment.help.left(connection, id)
        let change = presence.left(connection, member.principal.participant, at: environment.now())
        if let change { announce(change) }
        armTimer()
    }

    private func place(of lane: any ConnectionLane) -> Int? {
        lanes.firstIndex { $0.lane === lane }
    }

    func expel(_ member: Member, reason: StaticString) {
        member.connection.send(PushEncoder.gone(id, reason: reason))
        leave(member.connection.id)
    }

    // MARK: Time

    /// Keeps one timer, at the earliest deadline of presence and typing.
    func armTimer() {
        guard let next = [presence.nextDeadline, typing.nextDeadline].compactMap({ $0 }).min() else { return }
        if let armed = timerDeadline, armed <= next { return }
        timerDeadline = next
        let delay = max(.milliseconds(1), next - environment.now())
        lane.schedule(after: delay) { [weak self] in
            guard let self else { return }
            assumeIsolated { $0.timerFired(armedFor: next) }
        }
    }

    private func timerFired(armedFor deadline: Timestamp) {
        guard timerDeadline == deadline else { return }
        timerDeadline = nil
        let now = environment.now()
        for change in presence.expire(at: now) { announce(change) }
        for (connection, who) in typing.expire(at: now) {
            publish(.droppable(PushEncoder.typing(id, who, on: false)), except: connection)
        }
        armTimer()
    }

    func endWait(_ wait: HeadWait) {
        headWaiters.end(wait, at: tail.head)
        // The wait was handed on to the successor, if it was not over by then.
        if phase == .retired { directory.loadedRoom(id)?.tell { $0.endWait(wait) } }
    }

    // MARK: Retiring

    /// Gives the actor up when nobody has needed it for a while.
    func retireIfIdle(at now: Timestamp) {
        guard phase == .loaded || phase == .unloaded, members.isEmpty, presence.count == 0, machine.isQuiet,
            headWaiters.isEmpty, lastUsedAt + environment.limits.idleLifetime <= now
        else { return }
        phase = .retired
        directory.forget(self)
    }
}
