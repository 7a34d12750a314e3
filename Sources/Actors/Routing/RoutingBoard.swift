import Domain
import Synchronization

/// What rooms and sessions of this hub tell routing, and what they see of it.
///
/// Nothing here waits for the store: `RoutingActor` brings it there, and back.
package final class RoutingBoard: Sendable {
    private struct State {
        var people: PresenceMachine
        /// Who changed since the store was told.
        var changed: [UserID: PresenceState] = [:]
        /// Who has a new connection, and has to be told what they are asked.
        var greeted: Set<UserID> = []
        var wantsTurn = false
        var places: [RoomID: QueuePlace] = [:]
        var visibility = TeamVisibility.everything
        var teams: [UserID: Set<TeamID>] = [:]

        /// Returns whether there is news.
        mutating func note(_ changes: [PresenceMachine.Change]) -> Bool {
            for change in changes {
                if let user = UserID(change.who.id) { changed[user] = change.state }
            }
            return !changes.isEmpty
        }
    }

    private let state: Mutex<State>
    let wakeUps: AsyncStream<Void>
    private let wakeUp: AsyncStream<Void>.Continuation

    package init(presenceGrace: Duration = RoutingLimits().presenceGrace) {
        state = Mutex(State(people: PresenceMachine(grace: presenceGrace)))
        (wakeUps, wakeUp) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// There may be something to do.
    package func wake() {
        wakeUp.yield()
    }

    /// Something changed that no signal tells of: an account, a team, a setting.
    package func requestTurn() {
        state.withLock { $0.wantsTurn = true }
        wakeUp.yield()
    }

    /// Where a customer stands in the line; nil for one who is not told of any.
    func place(of room: RoomID) -> QueuePlace? {
        state.withLock { $0.places[room] }
    }

    // MARK: Who sees what

    /// Nil for somebody who sees all.
    func sight(of user: User) -> TeamSight? {
        let sight = state.withLock { state in TeamSight(user, teams: state.teams[user.id] ?? [], state.visibility) }
        return sight.teams == nil ? nil : sight
    }

    // MARK: Who is here

    func joined(_ connection: ConnectionID, _ user: User) {
        state.withLock { state in
            state.greeted.insert(user.id)
            let change = state.people.joined(connection, user.participant, .online)
            _ = state.note(change.map { [$0] } ?? [])
        }
        wakeUp.yield()
    }

    func changed(_ connection: ConnectionID, _ user: User, to presence: PresenceState) {
        let isNews = state.withLock { state in
            let change = state.people.changed(connection, user.participant, to: presence)
            return state.note(change.map { [$0] } ?? [])
        }
        if isNews { wakeUp.yield() }
    }

    func left(_ connection: ConnectionID, _ user: User, at now: Timestamp) {
        let isNews = state.withLock { state in
            let change = state.people.left(connection, user.participant, at: now)
            return state.note(change.map { [$0] } ?? [])
        }
        if isNews { wakeUp.yield() }
    }

    // MARK: For the actor

    /// What the store has to be told, and is then taken as told.
    func takeChanged(at now: Timestamp) -> [UserID: PresenceState] {
        state.withLock { state in
            _ = state.note(state.people.expire(at: now))
            defer { state.changed = [:] }
            return state.changed
        }
    }

    /// The store could not be told; what changed since then counts.
    func putBack(_ changed: [UserID: PresenceState]) {
        state.withLock { $0.changed.merge(changed) { newer, _ in newer } }
    }

    func everybodyHere() -> [UserID: PresenceState] {
        state.withLock { state in
            Dictionary(
                state.people.here.compactMap { change in UserID(change.who.id).map { ($0, change.state) } },
                uniquingKeysWith: { $1 })
        }
    }

    func takeGreeted() -> Set<UserID> {
        state.withLock { state in
            defer { state.greeted = [] }
            return state.greeted
        }
    }

    func takeRequest() -> Bool {
        state.withLock { state in
            defer { state.wantsTurn = false }
            return state.wantsTurn
        }
    }

    /// What a picture changed.
    struct News {
        /// Places that are other than before; nil for whoever waits no more.
        var places: [RoomID: QueuePlace?] = [:]
        /// Whether somebody may see less than before.
        var sightChanged = false
    }

    func show(_ picture: RoutingPicture, at now: Timestamp) -> News {
        let places = picture.state.places(picture.rules, at: now).filter { place in
            // Where agents take by hand, nobody is served in order.
            picture.rules.policy(of: place.team).choice != .manual
        }
        let new = Dictionary(places.map { ($0.room, $0) }, uniquingKeysWith: { $1 })
        return state.withLock { state in
            var news = News()
            for (room, place) in new where state.places[room] != place { news.places[room] = .some(place) }
            for room in state.places.keys where new[room] == nil { news.places[room] = .some(nil) }
            news.sightChanged =
                picture.visibility == .ownTeams
                && (state.visibility != picture.visibility || state.teams != picture.teams)
            state.places = new
            state.visibility = picture.visibility
            state.teams = picture.teams
            return news
        }
    }
}
