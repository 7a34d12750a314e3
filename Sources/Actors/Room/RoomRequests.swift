import Domain
import Wire

/// A connection wants into a room.
struct JoinRequest: Sendable {
    let connection: ConnectionHandle
    let principal: Principal
    let presence: PresenceState
    let position: JoinPosition
    let limit: Int
    let answer: Answer

    enum Answer: Sendable {
        /// A reply of its own; nil when none is wanted.
        case reply(id: Int64?)
        /// A part of another reply, for which the socket is corked.
        case part(@Sendable (Result<JoinReply, HubError>) -> Void)
    }

    func refuse(_ refusal: HubError) {
        switch answer {
        case .part(let take): take(.failure(refusal))
        case .reply(let id): connection.refuse(refusal, id: id)
        }
    }
}

extension AppendPlan.Outcome {
    /// A refusal because of the time tells what may be sent instead.
    func offering(_ offer: (any TemplateOffer)?) -> Self {
        guard let offer, self == .rejected(.windowClosed) else { return self }
        return .rejected(.windowClosed.offering(offer.templates))
    }
}

/// Whom to tell what became of a draft.
enum WriteTicket: Sendable {
    case socket(ConnectionHandle, id: Int64?)
    case caller(CheckedContinuation<WriteReceipt, any Error>)

    func settle(_ outcome: AppendPlan.Outcome) {
        switch outcome {
        case .appended(let seq, let at): succeed(WriteReceipt(seq: seq, at: at, isDuplicate: false))
        case .duplicate(let seq, let at): succeed(WriteReceipt(seq: seq, at: at, isDuplicate: true))
        case .rejected(let error): fail(error)
        }
    }

    func fail(_ error: HubError) {
        switch self {
        case .socket(let connection, let id): connection.refuse(error, id: id)
        case .caller(let continuation): continuation.resume(throwing: error)
        }
    }

    private func succeed(_ receipt: WriteReceipt) {
        switch self {
        case .socket(let connection, let id):
            guard let id else { return }
            connection.send(
                Reply.written(id, seq: receipt.seq, at: receipt.at, isDuplicate: receipt.isDuplicate))
        case .caller(let continuation): continuation.resume(returning: receipt)
        }
    }
}
