package import Domain
package import Logging

/// What the assistant is given to work with.
package struct AssistantEnvironment: Sendable {
    /// Nil while none is set up: then customers go to people.
    let model: Live<(any LanguageModel)?>
    let ledger: UsageLedger
    let tools: AssistantToolbox
    let runs: any AssistantRunStore
    let log: any RoomStore
    let recaps: any RecapStore
    let conversations: any ConversationStore
    let settings: HoursBook
    let rooms: RoomDirectory
    let routing: RoutingActor
    let board: AssistantBoard
    let signs: (any CustomerSigns)?
    /// This hub's name among others.
    let hub: String
    let limits: AssistantLimits
    let pace = AnswerPace()
    let now: @Sendable () -> Timestamp
    let logger: Logger

    package init(
        model: Live<(any LanguageModel)?>,
        ledger: UsageLedger,
        tools: AssistantToolbox,
        runs: any AssistantRunStore,
        log: any RoomStore,
        recaps: any RecapStore,
        conversations: any ConversationStore,
        settings: HoursBook,
        rooms: RoomDirectory,
        routing: RoutingActor,
        board: AssistantBoard,
        signs: (any CustomerSigns)?,
        hub: String,
        limits: AssistantLimits = AssistantLimits(),
        now: @escaping @Sendable () -> Timestamp,
        logger: Logger
    ) {
        self.model = model
        self.ledger = ledger
        self.tools = tools
        self.runs = runs
        self.log = log
        self.recaps = recaps
        self.conversations = conversations
        self.settings = settings
        self.rooms = rooms
        self.routing = routing
        self.board = board
        self.signs = signs
        self.hub = hub
        self.limits = limits
        self.now = now
        self.logger = logger
    }
}
