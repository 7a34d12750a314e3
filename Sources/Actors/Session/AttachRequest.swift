import Domain

/// A connection that proved who it is.
struct AttachRequest: Sendable {
    enum Identity: Sendable {
        /// `expiresIn` counts from when the token was checked.
        case staff(User, family: SessionID, expiresAt: Timestamp, expiresIn: Duration)
        case visitor(Visitor, token: String)
    }

    let connection: ConnectionHandle
    let identity: Identity
    /// As the client asked for them.
    let rooms: [RoomID: SequenceNumber]
    let replyID: Int64?

    var principal: Principal {
        switch identity {
        case .staff(let user, _, _, _): .staff(user)
        case .visitor(let visitor, _): .visitor(visitor)
        }
    }

    var family: SessionID? {
        switch identity {
        case .staff(_, let family, _, _): family
        case .visitor: nil
        }
    }

    var expiresAt: Timestamp? {
        switch identity {
        case .staff(_, _, let expiresAt, _): expiresAt
        case .visitor: nil
        }
    }

    /// A visitor's conversation is joined in any case.
    var roomsToJoin: [RoomID: SequenceNumber] {
        switch identity {
        case .staff: rooms
        case .visitor(let visitor, _): rooms.merging([visitor.room: .zero]) { given, _ in given }
        }
    }
}
