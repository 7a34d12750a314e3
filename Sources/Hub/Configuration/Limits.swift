import Domain

/// Every limit of the hub with its default and the reason for it; each is a setting (`Limits+Settings.swift`).
///
/// Composition hands each module its own share. Names say the unit where the type does not.
struct Limits: Sendable, Equatable {
    // MARK: Sockets

    /// All connections together; a socket more is refused with 503 before the upgrade. Each costs about 10 KB and a
    /// descriptor: with what else the hub opens, these fit into 20,000.
    var maxConnections = 16_384
    /// Connections of one address, IPv6 by /64; one more answers 429. Offices and mobile carriers share addresses.
    var maxConnectionsPerAddress = 256
    /// Connections that wait to be accepted; beyond them the kernel lets clients try again after a second. All come
    /// at once after a restart. The kernel's own bound is `net.core.somaxconn`.
    var maxWaitingConnections = 4096
    /// Tabs and devices of one person; one more is closed with 4006.
    var maxConnectionsPerPerson = 8
    /// Rooms one connection may have joined; one more `join` answers `too_large`.
    var maxRoomsPerConnection = 256
    /// One WebSocket message; more closes with 1009. The longest text is half of it in JSON.
    var maxFrameBytes = 64 * 1024
    /// Levels of objects and arrays in a frame; more is `bad_request`. The contract needs five.
    var maxJSONDepth = 16
    /// The head of an HTTP request; more answers 431. Browsers send 1 KB and the site's cookies.
    var maxHeadBytes = 16 * 1024
    /// Header fields of a request; more answers 431. Browsers send about 15.
    var maxHeadFields = 64
    /// For the request head; then 408. One packet, and patience for a lost one.
    var handshakeTimeout = Duration.seconds(10)
    /// For the first `auth`; then 4101. Long enough for a phone on a bad network.
    var authTimeout = Duration.seconds(10)
    /// Between two pings. Mobile carriers forget an idle connection after 30 s at the earliest.
    var pingInterval = Duration.seconds(25)
    /// For a sign of life after a ping; then 4201. Shorter than the interval: known dead before the next one.
    var pingTimeout = Duration.seconds(20)
    /// For the other side's close frame; then the connection is dropped.
    var closeTimeout = Duration.seconds(5)
    /// Shorter texts are not compressed: the saving would be a few bytes of a packet that is sent anyway.
    var compressionThresholdBytes = 128
    /// Connections whose compression remembers earlier messages (context takeover); 0 lets none. Their frames are
    /// smaller, and each costs up to 64 KB and ten times the CPU at fan-out.
    var maxContextTakeovers = 0
    /// zlib's level for frames that many share. 1 is as good as 6 for texts of this size.
    var compressionLevel = 1

    // MARK: Slow clients

    /// What may wait for one connection; above it the rooms concerned get `behind` and the client pulls.
    var maxOutboundBytes = 256 * 1024
    /// What the kernel may hold of a socket's unsent bytes; it doubles the number. Left to itself it takes up to 4 MiB.
    var sendBufferBytes = 128 * 1024
    /// Unwritable for so long counts as behind. A stutter of a mobile network is shorter.
    var lagTimeout = Duration.seconds(2)
    /// Nothing drained for so long; then 4103.
    var stallTimeout = Duration.seconds(30)

    // MARK: Rates; above them `rate_limited` with `retry_ms`

    /// Operations of one connection: more than a person types, less than a flood.
    var operationsPerSecond = 20
    /// Operations of one connection at once: a console that opens asks for many rooms.
    var operationBurst = 60
    /// Durable writes of one person, over all connections.
    var writesPerSecond = 10
    /// Durable writes of one person at once: what was typed while offline is sent in one go.
    var writeBurst = 60
    /// Operations from one address: many people may share it behind a company's router.
    var addressOperationsPerSecond = 200
    /// Operations from one address at once.
    var addressOperationBurst = 1000
    /// Visitors newly made from one address: each is a conversation for ever.
    var newVisitorsPerMinute = 60
    /// Visitors newly made from one address at once.
    var newVisitorBurst = 60
    /// Refused frames within `errorWindow` that close a connection with 4102.
    var maxErrors = 20
    var errorWindow = Duration.seconds(5)

    // MARK: Signing in

    /// Attempts on one account; the burst forgives a forgotten password.
    var loginsPerMinute = 6
    var loginBurst = 10
    /// Attempts from one address, on whatever account.
    var addressLoginsPerMinute = 60
    var addressLoginBurst = 60
    /// Passwords that wait to be checked; one more is `busy`. Two are checked at once, in about a third of a second.
    var maxWaitingLogins = 32
    /// scrypt's cost of new password hashes, as a power of two: each step doubles time and memory. 15 takes 32 MiB and
    /// a tenth of a second; old hashes keep theirs.
    var passwordCost = 15
    /// How long an access token serves: a stolen one too.
    var accessTokenLifetime = Duration.seconds(900)
    /// How long a sign-in lasts without use. 30 days: a phone on holiday stays signed in.
    var refreshTokenLifetime = Duration.seconds(2_592_000)
    /// How long before its token ends a connection is told.
    var tokenWarning = Duration.seconds(60)
    /// The longest life of an API token, and that of one made without an end. A year: what nobody looks after ends.
    var apiTokenLifetime = Duration.seconds(365 * 24 * 3600)
    /// Live API tokens of one member of staff.
    var maxAPITokensPerUser = 50
    /// How long an invitation can be accepted: over a weekend and a holiday.
    var invitationLifetime = Duration.seconds(7 * 24 * 3600)
    /// How long a link for a new password is good.
    var passwordResetLifetime = Duration.seconds(24 * 3600)

    // MARK: Rooms

    /// Drafts of one room that wait for a commit; one more is `busy`.
    var maxQueuedDrafts = 2000
    /// Drafts of one room in one append.
    var maxDraftsPerAppend = 256
    /// Drafts of all rooms in one transaction: bounds how long it holds its locks.
    var maxDraftsPerCommit = 2000
    /// From the beginning of a transaction to that of the next while messages come faster than that.
    var commitGather = Duration.milliseconds(5)
    /// Operations that wait while a room is read from the store; one more is `busy`.
    var maxWaitingForLoad = 2000
    /// Events of a room in memory: a reconnect within a minute of chat costs no read of the store.
    var tailEvents = 256
    /// Bytes of events in one join reply; what is more comes with the next `join`.
    var maxJoinBytes = 256 * 1024
    /// A leave is told after so long: a reconnect in between is not seen.
    var presenceGrace = Duration.seconds(15)
    /// Above so many people presence is a number.
    var maxListedPresence = 200
    /// A typing sign ends by itself after so long.
    var typingLifetime = Duration.seconds(6)
    /// A room without anybody leaves the memory after so long.
    var roomIdleLifetime = Duration.seconds(60)
    /// Between two looks for what other processes wrote: the delay of another hub's messages.
    var pollInterval = Duration.milliseconds(500)

    /// Visitors whose token was looked up lately and is not looked up again when they reconnect; 0 for none.
    var maxRecentVisitors = 20_000
    /// How long that may be told without the store; a name changed at another hub shows after it.
    var recentVisitorLifetime = Duration.seconds(60)

    // MARK: Keys

    /// Unwrapped data keys in memory, 32 bytes each; beyond it the oldest are unwrapped again when needed. 0 for none.
    var maxCachedDataKeys = 4096
    /// How long an unwrapped data key is used: longer than a short outage of whoever keeps the keys.
    var dataKeyLifetime = Duration.seconds(600)

    // MARK: HTTP

    /// One uploaded file; more answers 413. Phones' photos and short videos fit.
    var maxAttachmentBytes = 25 * 1024 * 1024
    /// Uploads at once; one more is `busy`.
    var maxUploads = 16
    /// For a whole upload; then 408. 25 MiB over a slow mobile network.
    var uploadTimeout = Duration.seconds(300)
    /// A JSON body; more answers 413.
    var maxBodyBytes = 64 * 1024
    /// The longest `wait` of a long-poll. Proxies cut at 60 s.
    var maxPollWait = Duration.seconds(55)
    /// Long-polls and event streams of one person; one more is `rate_limited`.
    var maxStreamsPerPerson = 16
    /// Requests of one caller, or of one address without a token, in a minute and at once; one more is `rate_limited`.
    /// A page of the console asks for about ten.
    var requestsPerMinute = 1200
    /// Callers whose requests are counted at once; those who asked least are forgotten first.
    var maxCountedCallers = 10_000
    /// How long a repeated `Idempotency-Key` gets the first answer; a day, as clients of other services expect.
    var idempotencyLifetime = Duration.seconds(86_400)
    /// For each check of an outside service; all run at once.
    var statusTimeout = Duration.seconds(10)
    /// How long a result of the checks is good: spares the services, whose limits other calls need.
    var statusInterval = Duration.seconds(10)

    // MARK: Digital codes

    /// Codes of one allocation or one message; one more is `invalid`.
    var maxCodesPerAllocation = 100
    /// A reservation for which no time is asked for.
    var codeHold = Duration.seconds(900)
    /// The longest reservation that may be asked for.
    var maxCodeHold = Duration.seconds(604_800)
    /// Lines of one import; one more, and all of it is refused with 413.
    var maxCodesPerImport = 100_000
    /// Bytes of one import; more answers 413. 100,000 long codes with their dates fit.
    var maxImportBytes = 64 * 1024 * 1024
    /// Problems of an import that are kept line by line; all are counted.
    var maxImportProblems = 1000
    /// Imports at once; one more is `busy`.
    var maxImports = 4
    /// Lines of an import in one transaction: bounds how long it holds SQLite's one writer.
    var importBatchLines = 500
    /// An import that nothing was heard of for so long is given up, and what it brought is removed.
    var importSilence = Duration.seconds(30)
    /// Between two looks for reservations that are over and codes that expired.
    var codeSettleInterval = Duration.seconds(5)

    // MARK: Knowledge

    /// Bytes of an article's body; more is `invalid`. It fits into `maxBodyBytes` as JSON.
    var maxArticleBytes = 48 * 1024
    /// Passages whose vectors are held in memory; those of further articles are found by words alone. 61 MB at 1,536
    /// dimensions.
    var maxHeldPassages = 10_000
    /// What is less alike than this is not found by its meaning; of 100. Models differ.
    var minLikenessPercent = 25
    /// For the vector of a question; then the search goes by words alone.
    var questionTimeout = Duration.milliseconds(1500)
    /// Between two looks for articles that another hub wrote, or that were put off.
    var knowledgeInterval = Duration.seconds(1)
    /// Articles whose vectors a hub asks for at once.
    var knowledgeBatch = 8
    /// An article that was not embedded for so long is taken up again, as after the death of its hub.
    var knowledgeLease = Duration.seconds(300)
    /// The first pause after a failure; each further one is twice as long, up to ten minutes.
    var knowledgePause = Duration.seconds(2)

    // MARK: Webhooks

    /// Bytes of one delivery; more answers 413. Meta sends up to 3 MB.
    var maxWebhookBytes = 3 * 1024 * 1024
    /// Deliveries that are taken up at once.
    var webhookBatch = 64
    /// Conversations that deliveries are written to at once.
    var webhookWidth = 16
    /// Between two looks for deliveries that another hub took in, or that were put off.
    var webhookInterval = Duration.seconds(1)
    /// A delivery that was not finished for so long is taken up again, as after the death of its hub.
    var webhookLease = Duration.seconds(30)
    /// Files of messages that are fetched at once.
    var webhookDownloads = 4
    /// How long a delivery is remembered when it is done: Meta repeats one for up to seven days.
    var webhookRetention = Duration.seconds(8 * 24 * 3600)

    // MARK: Outgoing webhooks

    /// What telling systems of the shop may take.
    var hooks = HookLimits()

    // MARK: Zid

    /// Requests of this hub; Zid takes 60 from all of an app for one store.
    var zidPerMinute = 60
    /// Between two looks at all products of Zid.
    var zidProductInterval = Duration.seconds(900)
    /// Between two looks at the orders of late, for what a webhook has not told.
    var zidOrderInterval = Duration.seconds(120)
    /// How far back such a look goes.
    var zidOrderOverlap = Duration.seconds(3 * 86_400)
    /// Between two looks for stock that Zid was not told.
    var zidStockInterval = Duration.seconds(10)
    /// How its keys are renewed and its webhooks registered.
    var zidUpkeep = ZidUpkeepRules()

    // MARK: Deliveries

    /// Before a paid order is looked at again that waits for codes, or for its customer.
    var deliveryPause = Duration.seconds(30)
    /// An order that was not delivered for so long is taken up again, as after the death of its hub.
    var deliveryLease = Duration.seconds(60)

    // MARK: Routing

    /// Between two signs of life of this hub to the others.
    var routingBeat = Duration.seconds(5)
    /// After how long without a sign a hub counts as gone, and its agents as offline. Several beats.
    var routingLifetime = Duration.seconds(15)

    // MARK: Integrations

    /// Between two looks for what owners stored at other hubs.
    var integrationInterval = Duration.seconds(1)
    /// How long a webhook may be signed with the secret before the one that is stored.
    var webhookGrace = Duration.seconds(600)

    // MARK: Outbox

    /// Messages that one hub sends at the same time.
    var outboxWidth = 32
    /// Between two looks for what other hubs and time have brought.
    var outboxInterval = Duration.milliseconds(500)
    /// For one request to a provider; afterwards nobody knows whether it went out.
    var outboxTimeout = Duration.seconds(30)
    /// For one file.
    var outboxUploadTimeout = Duration.seconds(120)
    /// A message that a hub took so long ago is unsure. Raised to what the two times above need.
    var outboxLease = Duration.seconds(300)
    /// Tries of one message; refusals that are not its own fault are not counted.
    var outboxAttempts = 8
    /// The first pause after a refusal; each further one is twice as long.
    var outboxPause = Duration.seconds(1)
    /// How long a number whose key was refused rests before one message is tried.
    var outboxProbePause = Duration.seconds(60)
    /// How long a report is waited for when nobody knows whether a message went out; then it has failed.
    var outboxSettleTime = Duration.seconds(600)
    /// What is older is not sent any more.
    var outboxMaxAge = Duration.seconds(86_400)
    /// Messages to one customer at once; then one in six seconds.
    var outboxPairBurst = 10
    /// Messages of one number in a second.
    var outboxPerSecond = 80
    var outboxBreaker = 5
    /// The first pause of a mail that was put off; each further one is twice as long, up to an hour.
    var outboxMailPause = Duration.seconds(60)
    /// Mails of one mailbox in a second.
    var outboxMailsPerSecond = 2
    /// Between two looks for visitors who left before they read an answer; after four a visitor counts as gone.
    var followUpInterval = Duration.seconds(15)
    var signsPerSecond = 5
    var templateInterval = Duration.seconds(600)

    // MARK: Database

    /// SQLite: connections for reading; each costs a thread.
    var sqliteReaders = 4
    /// SQLite: how long a write waits for another process before it is `unavailable`.
    var sqliteBusyTimeout = Duration.seconds(5)
    /// SQLite: connections for searching; each costs a thread while it searches.
    var sqliteSearchers = 2
    /// How long after a commit its messages are indexed for search, unless a search comes first.
    var indexDelay = Duration.seconds(2)
    /// SQLite: how long a search waits for the index before it is `busy`.
    var sqliteSearchPatience = Duration.seconds(5)
    /// PostgreSQL: connections for reading; each costs a process there.
    var postgresReaders = 4
    /// PostgreSQL: connections for writing; one commits while others prepare.
    var postgresWriters = 3
    /// PostgreSQL: for one statement; then its connection is given up.
    var statementTimeout = Duration.seconds(5)
    /// PostgreSQL: for opening a connection.
    var connectTimeout = Duration.seconds(5)
    /// PostgreSQL: for a free connection; then `busy`.
    var leaseTimeout = Duration.seconds(2)
    /// PostgreSQL: accesses that wait for a connection; one more is `busy`.
    var maxWaitingForDatabase = 1024
    /// Free space on the disk of `DATA_DIR` below which `hub doctor` warns.
    var minFreeDiskBytes = 512 * 1024 * 1024

    // MARK: Alerts

    /// Between two looks at queues, scores, disk and requests.
    var alertInterval = Duration.seconds(30)
    /// Between two checks of each connected integration, by one hub of all.
    var healthCheckInterval = Duration.seconds(900)
    /// How long something must be bad before it is told: a restart of a service is no alert.
    var alertHold = Duration.seconds(300)
    /// How long it must be well before that is told: what comes and goes is one incident.
    var alertCalm = Duration.seconds(300)
    /// Of 100; a lower health score alerts.
    var alertMinHealth = 50
    /// More entries of a channel, or webhooks of a service, that wait alert.
    var alertMaxQueued = 200
    /// One that waits longer alerts: longer than a mail that was put off twice.
    var alertMaxWait = Duration.seconds(1800)
    /// A service that used to send webhooks and sent none for so long alerts: longer than a night.
    var alertSilence = Duration.seconds(43_200)
    /// Less free space on the disk of `DATA_DIR` alerts; 0 never does.
    var alertFreeDiskBytes = 2 * 1024 * 1024 * 1024
    /// More failed requests of 100 alert.
    var alertErrorPercent = 5
    /// Requests are counted over so long.
    var alertErrorWindow = Duration.seconds(300)
    /// Fewer requests say nothing.
    var alertMinRequests = 50
    /// Incidents and scheduled checks are forgotten after so long.
    var alertRetention = Duration.seconds(30 * 86_400)

    // MARK: Start and end

    /// How long a start waits for a database that is away, as it may be after a reboot.
    var startTimeout = Duration.seconds(30)
    /// From SIGTERM to the end of the last socket: under the 30 s that Kubernetes grants.
    var drainLimit = Duration.seconds(20)

    /// Refuses limits that contradict each other.
    func checkTogether() throws(ConfigurationError) {
        guard pingTimeout <= pingInterval else {
            throw ConfigurationError(
                name: "HUB_PING_TIMEOUT_MS",
                problem: "is longer than HUB_PING_MS",
                accepted: "at most \(pingInterval / .milliseconds(1)) milliseconds"
            )
        }
        guard lagTimeout < stallTimeout else {
            throw ConfigurationError(
                name: "HUB_LAG_MS",
                problem: "is not shorter than HUB_STALL_MS",
                accepted: "less than \(stallTimeout / .milliseconds(1)) milliseconds"
            )
        }
        guard tokenWarning < accessTokenLifetime || tokenWarning == Limits().tokenWarning else {
            throw ConfigurationError(
                name: "HUB_TOKEN_WARNING_S",
                problem: "is not shorter than HUB_ACCESS_TOKEN_S",
                accepted: "less than \(accessTokenLifetime / .seconds(1)) seconds"
            )
        }
    }
}
