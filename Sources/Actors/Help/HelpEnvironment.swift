package import Domain
package import Logging

/// What help for staff is given to work with.
package struct HelpEnvironment: Sendable {
    /// Nil while none is set up.
    let model: Live<(any LanguageModel)?>
    let ledger: UsageLedger
    let log: any RoomStore
    let settings: HoursBook
    let limits: HelpLimits
    let pace = AnswerPace()
    let now: @Sendable () -> Timestamp
    let logger: Logger

    package init(
        model: Live<(any LanguageModel)?>,
        ledger: UsageLedger,
        log: any RoomStore,
        settings: HoursBook,
        limits: HelpLimits = HelpLimits(),
        now: @escaping @Sendable () -> Timestamp,
        logger: Logger
    ) {
        self.model = model
        self.ledger = ledger
        self.log = log
        self.settings = settings
        self.limits = limits
        self.now = now
        self.logger = logger
    }
}

/// Who asked for help, in a room that they had joined.
struct HelpAsker: Sendable {
    let connection: ConnectionHandle
    let user: User
    /// Of a conversation: the room of private notes.
    let side: RoomID?
    /// Nil when no reply is wanted.
    let replyID: Int64?
}
