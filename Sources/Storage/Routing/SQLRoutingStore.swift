import Domain

/// Routing over either database.
///
///     1. lock routing's row; read signals and all that routing has
///     2. read the rows of conversations that changed, without a lock; decide
///     3. lock the rows of conversations that change hands, in the order of their ids; write; commit
///
/// Between 2 and 3 somebody may take one of them by hand. Its epoch shows it, and the turn begins anew: what they did
/// is then among the signals. So appends wait only for turns that hand their own conversation to somebody.
struct SQLRoutingStore: RoutingStore {
    let database: any SQLDatabase

    /// Each further try means that somebody else changed a conversation in the same moment.
    private static let maxTries = 20

    func takeTurn(
        _ wish: RoutingWish?,
        note: (author: Participant, text: String)?,
        auditedFor actor: AuditActor?,
        door: AssistantDoor,
        at moment: Timestamp
    ) async throws -> RoutingTurnResult {
        for _ in 0..<Self.maxTries {
            do {
                return try await database.write { session in
                    try Self.turn(wish, note, actor, door, at: moment, session)
                }
            } catch is ChangedMeanwhile {
                continue
            }
        }
        throw HubError.unavailable()
    }

    func glance() async throws -> RoutingGlance {
        try await database.read { session in
            guard var row = try session.execute(RoutingStatements.glance).first?.reader else {
                throw HubError.notMigrated
            }
            return RoutingGlance(
                version: try row.integer(), nextDeadline: try row.optionalMoment(), hasSignals: try row.flag())
        }
    }

    func picture() async throws -> RoutingPicture {
        try await database.snapshot { session in
            let rows = try session.finish([SQLStatement(RoutingStatements.state)] + RoutingStatements.everything)
            return try RoutingRows(rows).picture()
        }
    }

    func beat(
        of hub: String,
        _ changed: [UserID: PresenceState],
        at moment: Timestamp,
        lifetime: Duration
    ) async throws -> (forgotOthers: Bool, wasForgotten: Bool) {
        try await database.write { session in
            let old = SQLValue.moment(moment - lifetime)
            let found = try session.batch([
                SQLStatement(RoutingStatements.forgetHubs, [old, .text(hub)]),
                SQLStatement(RoutingStatements.beat, [.text(hub), .moment(moment)]),
            ])
            var last: [SQLStatement] = []
            if !found[0].isEmpty { last.append(SQLStatement(RoutingStatements.forgetPresence)) }
            let (gone, here) = (changed.filter { $0.value == .offline }, changed.filter { $0.value != .offline })
            if !gone.isEmpty {
                last.append(RoutingStatements.removePresence.over(gone.keys.sorted().map { [.text(hub), .id($0)] }))
            }
            if !here.isEmpty {
                let rows = here.sorted { $0.key < $1.key }
                last.append(
                    RoutingStatements.putPresence.over(
                        rows.map { [.text(hub), .id($0.key), .text($0.value.rawValue)] }))
            }
            if !last.isEmpty { _ = try session.finish(last) }
            guard var row = found[1].first?.reader else { throw HubError.notMigrated }
            return (!found[0].isEmpty, try row.integer() == 1)
        }
    }

    // MARK: A turn

    private struct ChangedMeanwhile: Error {}

    private static func turn(
        _ wish: RoutingWish?,
        _ note: (author: Participant, text: String)?,
        _ actor: AuditActor?,
        _ door: AssistantDoor,
        at moment: Timestamp,
        _ session: any SQLSession
    ) throws -> RoutingTurnResult {
        // What was committed before the lock was given is seen by the statements after it.
        _ = try session.execute(RoutingStatements.lock)
        let read = [SQLStatement(RoutingStatements.state)] + RoutingStatements.everything
        let found = try session.batch(read + [SQLStatement(RoutingStatements.signals)])
        let rows = try RoutingRows(Array(found.dropLast()))
        let signals = try RoutingRows.signals(found[read.count])
        let facts = try Self.facts(signals, wish?.handedOverRoom, session)
        var lifeRules = rows.lifeRules
        lifeRules.door = door
        let turn = RoutingTurn(
            RoutingTurn.Found(
                state: rows.state, rules: rows.rules, lifeRules: lifeRules, agents: rows.agents(at: moment),
                facts: facts.facts, memories: facts.memories, teams: Set(rows.teamNames.keys)),
            wish, at: moment)
        var decision = try write(turn, turn.refusal == nil ? wish : nil, note, rows, at: moment, session)
        // Routing knows what it did itself.
        decision.signals = []
        let hasChanged = turn.state != rows.state || !turn.effects.isEmpty
        let version = rows.version + (hasChanged ? 1 : 0)
        var last = try AppendStatements.writes(of: decision, session.dialect)
        last += RoutingStatements.changes(from: rows.state, to: turn.state)
        last += RoutingStatements.remember(turn.memories)
        if !signals.isEmpty { last.append(RoutingStatements.forgetSignals.over(signals.map { [.integer($0.id)] })) }
        if hasChanged || turn.nextDeadline != rows.nextDeadline {
            last.append(
                SQLStatement(RoutingStatements.setState, [.integer(version), .optional(turn.nextDeadline)]))
        }
        if let actor, let wish, turn.refusal == nil {
            last += try AuditTrail.append([wish.auditEvent], by: actor, at: moment, session)
        }
        if !last.isEmpty { _ = try session.finish(last) }
        return RoutingTurnResult(
            picture: RoutingPicture(
                version: version, nextDeadline: turn.nextDeadline, state: turn.state, rules: rows.rules,
                visibility: rows.visibility, names: rows.names, teams: rows.teams),
            effects: turn.effects,
            heads: decision.changed.mapValues(\.room.head),
            refusal: turn.refusal
        )
    }

    /// - Parameter asked: A conversation that is looked at though nothing signals it.
    private static func facts(
        _ signals: [RoutingRows.Signal],
        _ asked: RoomID?,
        _ session: any SQLSession
    ) throws -> (facts: [RoutingReview.Facts], memories: [RoomID: RoutingMemory]) {
        guard !signals.isEmpty || asked != nil else { return ([], [:]) }
        var answers: [RoomID: UserID] = [:]
        var order: [RoomID] = []
        for signal in signals {
            if !order.contains(signal.room) { order.append(signal.room) }
            if let agent = signal.answeredBy { answers[signal.room] = agent }
        }
        if let asked, !order.contains(asked) { order.append(asked) }
        let keys: [[SQLValue]] = order.map { [.id($0)] }
        let found = try session.batch([
            RoutingStatements.rooms.over(keys), RoutingStatements.memories.over(keys),
        ])
        var rooms: [RoomID: Conversation] = [:]
        for row in found[0] {
            var reader = row.reader
            let room = try RoomRow(reading: &reader).room
            rooms[room.id] = room.conversation
        }
        let facts = order.compactMap { room in
            rooms[room].map { RoutingReview.Facts(room: room, conversation: $0, answeredBy: answers[room]) }
        }
        return (facts, try RoutingRows.memories(found[1]))
    }

    /// Decides what the logs get, with the rows of all conversations that change hands locked.
    private static func write(
        _ turn: RoutingTurn,
        _ granted: RoutingWish?,
        _ note: (author: Participant, text: String)?,
        _ rows: RoutingRows,
        at moment: Timestamp,
        _ session: any SQLSession
    ) throws -> AppendBatch.Decision {
        var drafts: [RoomID: [Draft]] = [:]
        if let notice = granted?.notice { drafts[notice.room] = [notice.draft] }
        for handover in turn.handovers {
            drafts[handover.room, default: []].append(rows.draft(of: handover))
        }
        if let room = granted?.room, let (author, text) = note, !text.isEmpty,
            let side = try session.execute(RoutingStatements.side, [.id(room)]).first
        {
            var reader = side.reader
            drafts[try reader.text(RoomID.init), default: []].append(
                Draft(author: author, mid: .fresh(), content: .message(.text(text), replyTo: nil)))
        }
        guard !drafts.isEmpty else { return AppendBatch.Decision(results: []) }
        let requests = drafts.sorted { $0.key < $1.key }.map { AppendRequest(room: $0.key, drafts: $0.value) }
        let batch = try AppendBatch(requests)
        let decision = batch.decide(try AppendStatements.read(batch, session), now: moment)
        for (request, result) in zip(requests, decision.results) {
            for (draft, outcome) in zip(request.drafts, result.outcomes) {
                switch outcome {
                case .appended: continue
                // A closed window keeps the customer from the words, and not from a person.
                case .rejected where draft == granted?.notice?.draft: continue
                case .duplicate, .rejected: throw ChangedMeanwhile()
                }
            }
        }
        return decision
    }
}

extension RoutingWish {
    fileprivate var handedOverRoom: RoomID? {
        if case .handover(let handover) = self { handover.room } else { nil }
    }

    /// What the customer is told of it, by the hub: it is no answer.
    fileprivate var notice: (room: RoomID, draft: Draft)? {
        guard case .handover(let handover) = self, !handover.notice.isEmpty else { return nil }
        let draft = Draft(
            author: .hub, mid: .handover(at: handover.epoch), content: .message(.text(handover.notice), replyTo: nil))
        return (handover.room, draft)
    }

    fileprivate var auditEvent: AuditEvent {
        let subject = AuditSubject(kind: "conversation", id: room.text)
        switch self {
        case .accept: return AuditEvent("conversation.accepted", subject)
        case .decline: return AuditEvent("conversation.declined", subject)
        case .transfer: return AuditEvent("conversation.transferred", subject)
        case .handover(let handover):
            return AuditEvent(
                "conversation.handed_over", subject,
                after: .object([
                    "team": .optional(handover.team?.text), "reason": .string(handover.reason.rawValue),
                ]))
        case .override(_, let agent):
            return AuditEvent(
                "conversation.overruled", subject, after: .object(["agent": .optional(agent?.text)]))
        case .rank(_, let priority, let skills):
            return AuditEvent(
                "conversation.ranked", subject,
                after: .object([
                    "priority": .integer(priority), "skills": .array(skills.sorted().map(JSONValue.string)),
                ]))
        }
    }
}
