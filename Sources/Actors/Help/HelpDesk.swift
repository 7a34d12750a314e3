package import Domain
import Synchronization

/// The requests for help of one hub: who may begin one, and what ends it.
///
/// Nothing here waits, so that rooms and sessions may call it from their lanes.
package final class HelpDesk: Sendable {
    private struct Entry {
        let connection: ConnectionID
        let room: RoomID
        let kind: HelpRequest.Kind
        let writer: HelpWriter
    }

    private struct State {
        var entries: [HelpID: Entry] = [:]
        var begun: UInt64 = 0
        var endings: [Outcome: UInt64] = [:]
        /// By the rate that they were made for.
        var rate: (perMinute: Int64, buckets: KeyedBuckets<UserID>)?
    }

    private struct Outcome: Hashable {
        let kind: HelpRequest.Kind
        let ending: String
    }

    private let environment: HelpEnvironment?
    private let state = Mutex(State())

    /// - Parameter environment: Nil for a hub without help.
    package init(_ environment: HelpEnvironment? = nil) {
        self.environment = environment
    }

    /// Whether there is a language model now.
    var isOn: Bool { environment?.model.now != nil }

    /// Begins, or says why not. The answer to a request that began comes from its writer.
    func begin(_ request: HelpRequest, for asker: HelpAsker, through gateway: any RoomGateway) -> HubError? {
        guard let environment, let model = environment.model.now else { return .helpIsOff }
        let connection = asker.connection.id
        let begun = state.withLock { state -> Result<HelpWriter, HubError> in
            guard !state.entries.values.contains(where: { $0.connection == connection && $0.kind == request.kind })
            else {
                return .failure(
                    .conflict("another \(request.kind.rawValue) is being written for you here: wait, or cancel it"))
            }
            guard state.entries.count < environment.limits.maxRequests else {
                return .failure(.busy("too many ask the model at once", retryAfter: .seconds(2)))
            }
            state.begun += 1
            let id = HelpID(state.begun)
            let writer = HelpWriter(id, request, asker, model, environment, gateway, self)
            state.entries[id] = Entry(connection: connection, room: request.room, kind: request.kind, writer: writer)
            return .success(writer)
        }
        switch begun {
        case .failure(let refusal): return refusal
        case .success(let writer):
            Task { await writer.write() }
            return nil
        }
    }

    /// A request is over. To be called before its asker is told, who may ask again at once.
    func ended(_ help: HelpID, _ ending: String) {
        state.withLock { state in
            guard let entry = state.entries.removeValue(forKey: help) else { return }
            state.endings[Outcome(kind: entry.kind, ending: ending), default: 0] += 1
        }
    }

    /// False when there is no such request of this connection.
    func stop(_ help: HelpID, for connection: ConnectionID) -> Bool {
        let entry = state.withLock { $0.entries[help] }
        guard let entry, entry.connection == connection else { return false }
        entry.writer.stop()
        return true
    }

    /// A connection left a room, was shown out of it, or is gone.
    func left(_ connection: ConnectionID, _ room: RoomID) {
        let concerned = state.withLock { state in
            state.entries.isEmpty
                ? [] : state.entries.values.filter { $0.connection == connection && $0.room == room }
        }
        for entry in concerned { entry.writer.stop() }
    }

    /// How long somebody has to wait before they may ask; nil when they may now.
    func wait(of user: UserID, perMinute: Int64, at now: Timestamp, maxPeople: Int) -> Duration? {
        state.withLock { state in
            if state.rate?.perMinute != perMinute {
                let rate = Double(perMinute)
                state.rate = (
                    perMinute, KeyedBuckets(capacity: rate, refillPerSecond: rate / 60, maxKeys: maxPeople)
                )
            }
            return state.rate?.buckets.take(for: user, at: now)
        }
    }
}

extension HelpDesk: MetricSource {
    package func families() async -> [MetricFamily] {
        let (underWay, endings) = state.withLock { ($0.entries.count, $0.endings) }
        let samples = endings.map { outcome, count in
            ([MetricFamily.Label("kind", outcome.kind.rawValue), .init("outcome", outcome.ending)], Double(count))
        }
        return [
            .gauge("hub_help_under_way", "Suggestions, summaries and translations being written.", Double(underWay)),
            .counter(
                "hub_help_requests_total", "Requests of staff for help, by kind and by how they ended.",
                samples.sorted { $0.0.map(\.value).joined() < $1.0.map(\.value).joined() }),
        ]
    }
}
