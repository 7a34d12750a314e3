/// What is owed to providers, until it is known what became of it.
///
/// Any number of hubs may take entries; each is taken by one at a time, and of a lane one at a time. Every decision is
/// `OutboxDelivery`'s, made in the transaction that holds the entry's row.
package protocol OutboxStore: Sendable {
    /// Adds entries that no append of a room brings along.
    func add(_ entries: [OutboxEntry]) async throws

    func entry(_ id: OutboxEntryID) async throws -> OutboxEntry?

    /// Takes entries that are due and first in their lane, those that wait longest first; none for systems of the shop.
    ///
    /// - Parameter resting: Numbers that send nothing for now.
    func claim(
        limit: Int,
        without resting: Set<String>,
        at moment: Timestamp,
        _ limits: OutboxLimits
    ) async throws -> [OutboxEntry]

    /// Takes deliveries to systems of the shop that are due: of each system those that wait longest, so that the backlog
    /// of one hides no other.
    ///
    /// - Parameter berths: How many of each system, by its id.
    /// - Parameter usual: How many of a system that is not among `berths`.
    func claimHooks(
        _ berths: [String: Int],
        usual: Int,
        at moment: Timestamp,
        _ limits: OutboxLimits
    ) async throws -> [OutboxEntry]

    /// Lets `decide` change the entry's delivery under the lock of its row; it may run more than once.
    ///
    /// When the entry fails, parts of the same message that have not left are cancelled.
    /// - Returns: The entry afterwards; nil when there is none.
    @discardableResult
    func change(
        _ id: OutboxEntryID,
        _ decide: @escaping @Sendable (inout OutboxDelivery) -> Void
    ) async throws -> OutboxEntry?

    /// Lets time do its work on entries whose lease, patience or age has ended. Returns how many there were.
    func pass(at moment: Timestamp, limit: Int, _ limits: OutboxLimits) async throws -> Int

    /// Makes what was put off of a channel due, as `OutboxDelivery.hasten` does. Returns how many there were.
    func hasten(_ channel: OutboxChannel, at moment: Timestamp, limit: Int) async throws -> Int

    /// Cancels what has not left of a message, and keeps what is on its way from being tried again. Returns how many
    /// entries are cancelled.
    func cancel(_ message: SequenceNumber, in room: RoomID) async throws -> Int

    // MARK: Reports

    /// Messages whose progress their room has not been told yet, the oldest first.
    func untold(limit: Int) async throws -> [OutboxReport]

    /// The room has been told; what changed since stays to be told.
    func told(_ report: OutboxReport) async throws

    /// How many entries there are in each state that is not at its end, and of `failed`.
    func counts(_ share: OutboxShare) async throws -> [OutboxDelivery.State: Int64]
}

extension OutboxStore {
    /// Of the messages.
    package func counts() async throws -> [OutboxDelivery.State: Int64] { try await counts(.messages) }
}

/// How far a message got, for its room.
package struct OutboxReport: Sendable, Equatable {
    package struct Part: Sendable, Equatable {
        package let id: OutboxEntryID
        package let version: Int64
        package let delivery: OutboxDelivery

        package init(id: OutboxEntryID, version: Int64, delivery: OutboxDelivery) {
            self.id = id
            self.version = version
            self.delivery = delivery
        }
    }

    package let room: RoomID
    package let seq: SequenceNumber
    /// All of the message.
    package let parts: [Part]

    package init(room: RoomID, seq: SequenceNumber, parts: [Part]) {
        self.room = room
        self.seq = seq
        self.parts = parts
    }

    /// Nil when nothing is owed any more.
    package var progress: MessageProgress? { MessageProgress(parts.map(\.delivery)) }
}
