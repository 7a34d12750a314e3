import Synchronization

/// What the mail server knows: its mailboxes, what it took, and what shall go wrong.
final class MailFake: Sendable {
    private struct State {
        var mails: [ReceivedMail] = []
        var faults: [MailFault] = []
    }

    /// Mailboxes and their passwords; with none, nobody has to sign in.
    let mailboxes: [String: String]
    private let state = Mutex(State())

    init(mailboxes: [String: String]) {
        self.mailboxes = mailboxes
    }

    var mails: [ReceivedMail] { state.withLock { $0.mails } }

    func take(_ mail: ReceivedMail) { state.withLock { $0.mails.append(mail) } }

    func forget() { state.withLock { $0 = State() } }

    func add(_ fault: MailFault) { state.withLock { $0.faults.append(fault) } }

    /// The fault that this command meets, if any.
    func nextFault(at stage: MailFault.Stage) -> MailFault.Kind? {
        state.withLock { state in
            guard let place = state.faults.firstIndex(where: { $0.stage == stage && $0.times > 0 }) else { return nil }
            state.faults[place].times -= 1
            return state.faults[place].kind
        }
    }
}
