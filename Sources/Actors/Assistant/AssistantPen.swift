import Domain
import Logging

/// Writes what a run says into the log of its conversation.
///
/// The log decides: what is written by an assistant that has the conversation no more is refused, and what is written
/// twice stands there once.
struct AssistantPen: Sendable {
    let id: AssistantRun.ID
    let environment: AssistantEnvironment

    /// Throws `conflict` when the conversation changed hands, and `AlreadyBegun`.
    func begin() async throws {
        let start = Draft(
            author: .assistant, mid: .start(of: id), content: .run(AssistantRun(id, .started)), basis: basis())
        guard try await !environment.rooms.append(start, to: id.room).isDuplicate else { throw AlreadyBegun() }
    }

    /// Another one began this run, and nobody knows how far it got.
    struct AlreadyBegun: Error {}

    /// The answer, and with it the end of the run.
    ///
    /// - Parameter seen: The last message that it answers.
    /// - Throws: `HubError` when the log refuses it for good, and `CancellationError`.
    func write(_ body: MessageBody, seen: SequenceNumber) async throws {
        let draft = Draft(
            author: .assistant, mid: .message(of: id), content: .message(body, replyTo: nil),
            basis: basis(seen: seen))
        try await repeatedly { _ = try await environment.rooms.append(draft, to: id.room) }
    }

    func end(_ state: AssistantRun.State) async {
        let draft = Draft(author: .hub, mid: .end(of: id), content: .run(AssistantRun(id, state)))
        await patiently("end a run") { _ = try await environment.rooms.append(draft, to: id.room) }
    }

    /// Gives the customer to people.
    func handOver(_ reason: AssistantHandover.Reason, _ summary: String) async {
        await patiently("hand over") {
            let shop = try await environment.settings.shop()
            let locale = try await environment.conversations.summaries(of: [id.room]).first?.contact.locale
            try await environment.routing.handOver(
                AssistantHandover(
                    room: id.room, epoch: id.epoch, team: nil,
                    note: AssistantWords.note(reason, summary: summary),
                    notice: AssistantWords.notice(reason, in: shop.language(ofLocale: locale)), reason: reason))
        }
    }

    /// Ends a run of which nobody knows how far it got.
    func giveUp(_ reason: AssistantHandover.Reason, _ summary: String = "") async {
        await end(.failed)
        await handOver(reason, summary)
    }

    func failed(to what: String, _ error: any Error) {
        environment.logger.warning(
            "the assistant could not \(what)",
            metadata: ["run": "\(id)", "error": "\((error as? HubError)?.code.rawValue ?? "\(type(of: error))")"])
    }

    private func basis(seen: SequenceNumber? = nil) -> WriteBasis { WriteBasis(seen: seen, epoch: id.epoch) }

    /// Repeats what may pass by itself. Throws what does not, and cancellation.
    private func repeatedly(_ work: () async throws -> Void) async throws {
        while true {
            do {
                return try await work()
            } catch let error as HubError where error.code == .busy || error.code == .unavailable {
                try await Task.sleep(for: error.retryAfter ?? environment.limits.retry)
            }
        }
    }

    /// As `repeatedly`, for what needs not be done when it is refused.
    private func patiently(_ what: String, _ work: () async throws -> Void) async {
        do {
            try await repeatedly(work)
        } catch let error as HubError where error.code == .conflict || error.code == .notFound {
            // It is over or was never begun, or somebody else has the conversation.
        } catch is CancellationError {
            // The hub stops: another one gives the customer to people.
        } catch {
            failed(to: what, error)
        }
    }
}
