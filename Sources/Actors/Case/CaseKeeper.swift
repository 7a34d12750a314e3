package import Domain
package import Logging
import ServiceLifecycle

/// Keeps the promises of time: reads the logs of conversations, and writes what is owed because of them.
///
/// It reads behind the commit, so an append costs nothing. What it owes carries a `mid` that follows from the log, and
/// a case file is stored over the row that was read alone. So nothing is told twice, however many hubs look, and
/// nothing is left out when one dies between the two.
package struct CaseKeeper: Service {
    private let cases: any CaseStore
    private let rooms: any RoomStore
    private let gateway: any RoomGateway
    private let inbox: InboxActor
    private let clerk: CaseClerk
    private let limits: CaseLimits
    private let now: @Sendable () -> Timestamp
    private let logger: Logger

    package init(
        cases: any CaseStore,
        rooms: any RoomStore,
        gateway: any RoomGateway,
        inbox: InboxActor,
        clerk: CaseClerk,
        limits: CaseLimits = CaseLimits(),
        now: @escaping @Sendable () -> Timestamp,
        logger: Logger
    ) {
        self.cases = cases
        self.rooms = rooms
        self.gateway = gateway
        self.inbox = inbox
        self.clerk = clerk
        self.limits = limits
        self.now = now
        self.logger = logger
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown { await keep() }
    }

    private func keep() async {
        // The first look goes back to the beginning: what was written while no hub ran is read now.
        var since = Timestamp(milliseconds: 0)
        var pause = limits.interval
        while !Task.isCancelled {
            try? await Task.sleep(for: pause)
            let start = now()
            let began = ContinuousClock.now
            defer { pause = limits.pause(after: .now - began) }
            do {
                try await look(since: since)
                since = start - limits.overlap
            } catch is CancellationError {
                return
            } catch {
                logger.debug("case files wait", metadata: ["error": "\(error)"])
            }
        }
    }

    /// Reads what is behind, then looks for what became due.
    package func look(since: Timestamp) async throws {
        while true {
            let behind = try await cases.behind(since: since, limit: limits.page, events: limits.eventsAtOnce)
            guard try await work(on: behind, isOverdue: false) else { break }
        }
        // A little back, so that what was written just before its deadline has been read.
        let settled = now() - limits.settling
        while try await work(on: cases.due(at: settled, limit: limits.page), isOverdue: true) {}
    }

    /// Returns whether there may be more.
    private func work(on works: [CaseWork], isOverdue: Bool) async throws -> Bool {
        guard !works.isEmpty else { return false }
        let desk = try await clerk.open(at: now())
        var kept: [KeptCase] = []
        for work in works {
            do {
                kept.append(try await settle(work, desk, isOverdue: isOverdue))
            } catch let error as HubError {
                logger.warning(
                    "a case could not be kept", metadata: ["room.id": "\(work.room.id)", "error": "\(error.code)"])
            }
        }
        let stored = try await cases.keep(kept, at: now())
        for kept in kept where kept.isNews && stored.contains(kept.file.room) { inbox.noteChange(of: kept.file.room) }
        return works.count == limits.page && !stored.isEmpty
    }

    private func settle(_ work: CaseWork, _ desk: CaseClerk.Desk, isOverdue: Bool) async throws -> KeptCase {
        let rules = try await desk.rules(for: work.room)
        var file = work.file ?? CaseFile(room: work.room.id, level: rules.level)
        func read(_ events: [RoomEvent]) async throws {
            for event in events {
                for duty in file.read(event, rules, now: now()) { try await pay(duty, work, desk) }
            }
        }
        try await read(work.events ?? [])
        if work.events.map({ $0.count == limits.eventsAtOnce }) ?? true {
            for _ in 0..<limits.maxPagesPerLook {
                let events = try await rooms.events(of: file.room, after: file.through, limit: limits.eventsPerPage)
                try await read(events)
                guard events.count == limits.eventsPerPage else { break }
            }
        }
        if isOverdue {
            for duty in file.settle(at: now() - limits.settling, rules) { try await pay(duty, work, desk) }
        }
        let faces = file.clocks.faces(rules.hours)
        return KeptCase(
            file: file,
            faces: faces,
            deadline: file.nextDeadline(rules.hours),
            isNews: faces != work.faces
        )
    }

    /// Writes what is owed; done before is done.
    private func pay(_ duty: CaseDuty, _ work: CaseWork, _ desk: CaseClerk.Desk) async throws {
        guard let conversation = work.room.conversation,
            let content = try await desk.content(of: duty, for: work.room)
        else { return }
        let room =
            switch duty {
            case .clock: conversation.side
            case .away, .survey: work.room.id
            }
        do {
            let receipt = try await gateway.append(Draft(author: .hub, mid: duty.mid, content: content), to: room)
            guard case .survey = duty, let question = try await desk.question(receipt.seq, in: work.room) else {
                return
            }
            let draft = Draft(author: .hub, mid: .following(receipt.seq, "question"), content: question)
            _ = try await gateway.append(draft, to: room)
        } catch let error as HubError where error.code == .midConflict {
            // Another hub told it, with hours or words that have changed since.
        } catch let error as HubError where error == .windowClosed {
            // The last moment to ask has passed just now.
        }
    }
}
