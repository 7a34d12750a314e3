import Domain

@testable import Storage

/// People and writes that tests are made of.
enum Samples {
    static let sara = staff("سارة")
    static let omar = staff("عمر")

    static func staff(_ name: String) -> Participant {
        Participant(kind: .staff, id: UserID.make(at: Timestamp(milliseconds: 1)).text, name: name)
    }

    static func text(
        _ text: String,
        by author: Participant,
        mid: String,
        replyTo: SequenceNumber? = nil,
        sentAt: Timestamp? = nil
    ) -> Draft {
        draft(.message(.text(text), replyTo: replyTo), by: author, mid: mid, sentAt: sentAt)
    }

    static func draft(
        _ content: EventContent,
        by author: Participant,
        mid: String,
        isModerator: Bool = false,
        basis: WriteBasis = .unsaid,
        sentAt: Timestamp? = nil
    ) -> Draft {
        guard let mid = MID(mid) else { preconditionFailure("the test's mid is malformed") }
        return Draft(
            author: author, mid: mid, content: content, isModerator: isModerator, basis: basis, sentAt: sentAt)
    }
}

extension StoreSet {
    func makeVisitor(_ fixture: StoreFixture, name: String? = "ليلى", verified: String? = nil) async throws -> Visitor {
        let now = fixture.clock.now
        return try await conversations.makeVisitor(
            NewVisitor(
                id: .make(at: now),
                room: .make(at: now),
                side: .make(at: now),
                tokenHash: "hash-\(VisitorID.make(at: now))",
                profile: VisitorProfile(name: name),
                verifiedUserID: verified,
                at: now
            )
        )
    }

    func makeRoom(_ kind: RoomKind, _ fixture: StoreFixture, members: [Participant] = []) async throws -> Room {
        let now = fixture.clock.now
        return try await rooms.makeRoom(
            NewRoom(id: .make(at: now), kind: kind, title: "غرفة", members: members, at: now)
        ).room
    }

    /// Appends to one room and returns its result.
    @discardableResult
    func append(_ room: RoomID, _ drafts: Draft...) async throws -> AppendResult {
        try await rooms.append([AppendRequest(room: room, drafts: drafts)])[0]
    }

    func log(of room: RoomID) async throws -> [RoomEvent] {
        try await rooms.events(of: room, after: .zero, limit: 1_000_000)
    }
}

extension SequenceNumber: ExpressibleByIntegerLiteral {
    package init(integerLiteral value: Int64) { self.init(value) }
}
