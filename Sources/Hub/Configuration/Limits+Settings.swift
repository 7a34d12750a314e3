import Domain

/// The names under which the limits are set; `_MS`, `_S` and `_BYTES` are their units.
extension Limits {
    static let settings: [LimitSetting] =
        sockets + rates + signingIn + rooms + keys + http + codes + knowledge + webhooks + hooks + zid + routing
        + outbox
        + database + alerts
        + startAndEnd

    /// Durations as long as a day make sense nowhere below.
    private static let upToADay = 1...86_400_000

    private static let sockets = [
        LimitSetting("HUB_MAX_CONNECTIONS", .count, 1...1_000_000, \.maxConnections),
        LimitSetting("HUB_MAX_WAITING_CONNECTIONS", .count, 1...65_535, \.maxWaitingConnections),
        LimitSetting("HUB_MAX_CONNECTIONS_PER_ADDRESS", .count, 1...1_000_000, \.maxConnectionsPerAddress),
        LimitSetting("HUB_MAX_CONNECTIONS_PER_PERSON", .count, 1...1_000_000, \.maxConnectionsPerPerson),
        LimitSetting("HUB_MAX_ROOMS_PER_CONNECTION", .count, 1...100_000, \.maxRoomsPerConnection),
        LimitSetting("HUB_MAX_FRAME_BYTES", .bytes, 4096...16_777_216, \.maxFrameBytes),
        LimitSetting("HUB_MAX_JSON_DEPTH", .count, 8...128, \.maxJSONDepth),
        LimitSetting("HUB_MAX_HEAD_BYTES", .bytes, 1024...1_048_576, \.maxHeadBytes),
        LimitSetting("HUB_MAX_HEAD_FIELDS", .count, 16...1000, \.maxHeadFields),
        LimitSetting("HUB_HANDSHAKE_TIMEOUT_MS", upToADay, \.handshakeTimeout),
        LimitSetting("HUB_AUTH_TIMEOUT_MS", upToADay, \.authTimeout),
        LimitSetting("HUB_PING_MS", upToADay, \.pingInterval),
        LimitSetting("HUB_PING_TIMEOUT_MS", upToADay, \.pingTimeout),
        LimitSetting("HUB_CLOSE_TIMEOUT_MS", upToADay, \.closeTimeout),
        LimitSetting("HUB_COMPRESSION_THRESHOLD_BYTES", .bytes, 0...1_048_576, \.compressionThresholdBytes),
        LimitSetting("HUB_COMPRESSION_LEVEL", .count, 1...9, \.compressionLevel),
        LimitSetting("HUB_MAX_CONTEXT_TAKEOVERS", .count, 0...1_000_000, \.maxContextTakeovers),
        LimitSetting("HUB_MAX_OUTBOUND_BYTES", .bytes, 16_384...67_108_864, \.maxOutboundBytes),
        LimitSetting("HUB_SEND_BUFFER_BYTES", .bytes, 4096...16_777_216, \.sendBufferBytes),
        LimitSetting("HUB_LAG_MS", upToADay, \.lagTimeout),
        LimitSetting("HUB_STALL_MS", upToADay, \.stallTimeout),
    ]

    private static let rates = [
        LimitSetting("HUB_OPERATIONS_PER_S", .perSecond, 1...100_000, \.operationsPerSecond),
        LimitSetting("HUB_OPERATION_BURST", .count, 1...1_000_000, \.operationBurst),
        LimitSetting("HUB_WRITES_PER_S", .perSecond, 1...100_000, \.writesPerSecond),
        LimitSetting("HUB_WRITE_BURST", .count, 1...1_000_000, \.writeBurst),
        LimitSetting("HUB_ADDRESS_OPERATIONS_PER_S", .perSecond, 1...1_000_000, \.addressOperationsPerSecond),
        LimitSetting("HUB_ADDRESS_OPERATION_BURST", .count, 1...1_000_000, \.addressOperationBurst),
        LimitSetting("HUB_NEW_VISITORS_PER_MIN", .perMinute, 1...1_000_000, \.newVisitorsPerMinute),
        LimitSetting("HUB_NEW_VISITOR_BURST", .count, 1...1_000_000, \.newVisitorBurst),
        LimitSetting("HUB_MAX_ERRORS", .count, 1...10_000, \.maxErrors),
        LimitSetting("HUB_ERROR_WINDOW_MS", upToADay, \.errorWindow),
    ]

    private static let signingIn = [
        LimitSetting("HUB_LOGINS_PER_MIN", .perMinute, 1...100_000, \.loginsPerMinute),
        LimitSetting("HUB_LOGIN_BURST", .count, 1...100_000, \.loginBurst),
        LimitSetting("HUB_ADDRESS_LOGINS_PER_MIN", .perMinute, 1...100_000, \.addressLoginsPerMinute),
        LimitSetting("HUB_ADDRESS_LOGIN_BURST", .count, 1...100_000, \.addressLoginBurst),
        LimitSetting("HUB_MAX_WAITING_LOGINS", .count, 1...10_000, \.maxWaitingLogins),
        LimitSetting("HUB_PASSWORD_COST", .count, 10...20, \.passwordCost),
        LimitSetting("HUB_ACCESS_TOKEN_S", 1...86_400, \.accessTokenLifetime),
        LimitSetting("HUB_REFRESH_TOKEN_S", 1...31_536_000, \.refreshTokenLifetime),
        LimitSetting("HUB_TOKEN_WARNING_S", 1...86_400, \.tokenWarning),
        LimitSetting("HUB_API_TOKEN_S", 60...315_360_000, \.apiTokenLifetime),
        LimitSetting("HUB_INVITATION_S", 60...31_536_000, \.invitationLifetime),
        LimitSetting("HUB_PASSWORD_RESET_S", 60...31_536_000, \.passwordResetLifetime),
        LimitSetting("HUB_MAX_API_TOKENS_PER_USER", .count, 1...10_000, \.maxAPITokensPerUser),
    ]

    private static let rooms = [
        LimitSetting("HUB_MAX_QUEUED_DRAFTS", .count, 1...1_000_000, \.maxQueuedDrafts),
        LimitSetting("HUB_MAX_DRAFTS_PER_APPEND", .count, 1...10_000, \.maxDraftsPerAppend),
        LimitSetting("HUB_MAX_DRAFTS_PER_COMMIT", .count, 1...100_000, \.maxDraftsPerCommit),
        LimitSetting("HUB_COMMIT_GATHER_MS", 0...1000, \.commitGather),
        LimitSetting("HUB_MAX_WAITING_FOR_LOAD", .count, 1...1_000_000, \.maxWaitingForLoad),
        LimitSetting("HUB_TAIL_EVENTS", .count, 0...100_000, \.tailEvents),
        LimitSetting("HUB_MAX_JOIN_BYTES", .bytes, 16_384...16_777_216, \.maxJoinBytes),
        LimitSetting("HUB_PRESENCE_GRACE_MS", 0...86_400_000, \.presenceGrace),
        LimitSetting("HUB_MAX_LISTED_PRESENCE", .count, 0...10_000, \.maxListedPresence),
        LimitSetting("HUB_TYPING_MS", upToADay, \.typingLifetime),
        LimitSetting("HUB_ROOM_IDLE_MS", upToADay, \.roomIdleLifetime),
        LimitSetting("HUB_POLL_MS", 10...60_000, \.pollInterval),
        LimitSetting("HUB_MAX_RECENT_VISITORS", .count, 0...10_000_000, \.maxRecentVisitors),
        LimitSetting("HUB_RECENT_VISITOR_MS", 0...86_400_000, \.recentVisitorLifetime),
    ]

    private static let keys = [
        LimitSetting("HUB_MAX_CACHED_DATA_KEYS", .count, 0...1_000_000, \.maxCachedDataKeys),
        LimitSetting("HUB_DATA_KEY_S", 1...3600, \.dataKeyLifetime),
    ]

    private static let http = [
        LimitSetting("HUB_MAX_ATTACHMENT_BYTES", .bytes, 1024...1_073_741_824, \.maxAttachmentBytes),
        LimitSetting("HUB_MAX_UPLOADS", .count, 1...10_000, \.maxUploads),
        LimitSetting("HUB_UPLOAD_TIMEOUT_MS", upToADay, \.uploadTimeout),
        LimitSetting("HUB_MAX_BODY_BYTES", .bytes, 1024...16_777_216, \.maxBodyBytes),
        LimitSetting("HUB_MAX_POLL_WAIT_MS", upToADay, \.maxPollWait),
        LimitSetting("HUB_MAX_STREAMS_PER_PERSON", .count, 1...10_000, \.maxStreamsPerPerson),
        LimitSetting("HUB_REQUESTS_PER_MIN", .perMinute, 1...10_000_000, \.requestsPerMinute),
        LimitSetting("HUB_MAX_COUNTED_CALLERS", .count, 4...1_000_000, \.maxCountedCallers),
        LimitSetting("HUB_IDEMPOTENCY_S", 1...2_592_000, \.idempotencyLifetime),
        LimitSetting("HUB_STATUS_TIMEOUT_MS", 10...120_000, \.statusTimeout),
        LimitSetting("HUB_STATUS_INTERVAL_MS", 0...86_400_000, \.statusInterval),
    ]

    private static let codes = [
        LimitSetting("HUB_MAX_CODES_PER_ALLOCATION", .count, 1...1000, \.maxCodesPerAllocation),
        LimitSetting("HUB_CODE_HOLD_S", 1...31_536_000, \.codeHold),
        LimitSetting("HUB_MAX_CODE_HOLD_S", 1...31_536_000, \.maxCodeHold),
        LimitSetting("HUB_MAX_CODES_PER_IMPORT", .count, 1...10_000_000, \.maxCodesPerImport),
        LimitSetting("HUB_MAX_IMPORT_BYTES", .bytes, 1024...17_179_869_184, \.maxImportBytes),
        LimitSetting("HUB_MAX_IMPORT_PROBLEMS", .count, 0...1_000_000, \.maxImportProblems),
        LimitSetting("HUB_MAX_IMPORTS", .count, 1...1000, \.maxImports),
        LimitSetting("HUB_IMPORT_BATCH_LINES", .count, 1...10_000, \.importBatchLines),
        LimitSetting("HUB_IMPORT_SILENCE_MS", upToADay, \.importSilence),
        LimitSetting("HUB_CODE_SETTLE_MS", 10...3_600_000, \.codeSettleInterval),
    ]

    private static let knowledge = [
        LimitSetting("HUB_MAX_ARTICLE_BYTES", .bytes, 1024...160_000, \.maxArticleBytes),
        LimitSetting("HUB_MAX_HELD_PASSAGES", .count, 0...1_000_000, \.maxHeldPassages),
        LimitSetting("HUB_MIN_LIKENESS_PERCENT", .count, 0...100, \.minLikenessPercent),
        LimitSetting("HUB_QUESTION_TIMEOUT_MS", 10...60_000, \.questionTimeout),
        LimitSetting("HUB_KNOWLEDGE_POLL_MS", 10...60_000, \.knowledgeInterval),
        LimitSetting("HUB_KNOWLEDGE_BATCH", .count, 1...100, \.knowledgeBatch),
        LimitSetting("HUB_KNOWLEDGE_LEASE_MS", 100...3_600_000, \.knowledgeLease),
        LimitSetting("HUB_KNOWLEDGE_PAUSE_MS", 10...600_000, \.knowledgePause),
    ]

    private static let webhooks = [
        LimitSetting("HUB_MAX_WEBHOOK_BYTES", .bytes, 1024...16_777_216, \.maxWebhookBytes),
        LimitSetting("HUB_WEBHOOK_BATCH", .count, 1...1000, \.webhookBatch),
        LimitSetting("HUB_WEBHOOK_WIDTH", .count, 1...1000, \.webhookWidth),
        LimitSetting("HUB_WEBHOOK_POLL_MS", 10...60_000, \.webhookInterval),
        LimitSetting("HUB_WEBHOOK_LEASE_MS", 100...3_600_000, \.webhookLease),
        LimitSetting("HUB_WEBHOOK_DOWNLOADS", .count, 1...100, \.webhookDownloads),
        LimitSetting("HUB_WEBHOOK_RETENTION_S", 604_800...31_536_000, \.webhookRetention),
    ]

    private static let hooks = [
        LimitSetting("HUB_HOOK_MAX_ENDPOINTS", .count, 1...200, \.hooks.maxEndpoints),
        LimitSetting("HUB_HOOK_MAX_BODY_BYTES", .bytes, 1024...1_048_576, \.hooks.maxBodyBytes),
        LimitSetting("HUB_HOOKS_PER_S", .perSecond, 1...1000, \.hooks.perSecond),
        LimitSetting("HUB_HOOK_WIDTH", .count, 1...100, \.hooks.width),
        LimitSetting("HUB_HOOK_TIMEOUT_MS", 100...60_000, \.hooks.timeout),
        LimitSetting("HUB_HOOK_LEASE_MS", 200...3_600_000, \.hooks.lease),
        LimitSetting("HUB_HOOK_POLL_MS", 10...60_000, \.hooks.interval),
        LimitSetting("HUB_HOOK_PAUSE_MS", 10...3_600_000, \.hooks.firstPause),
        LimitSetting("HUB_HOOK_LONGEST_PAUSE_S", 1...86_400, \.hooks.longestPause),
        LimitSetting("HUB_HOOK_LONGEST_REST_S", 1...86_400, \.hooks.longestRest),
        LimitSetting("HUB_HOOK_SECRET_OVERLAP_S", 0...604_800, \.hooks.secretOverlap),
        LimitSetting("HUB_HOOK_PATIENCE_S", 1...2_592_000, \.hooks.patience),
        LimitSetting("HUB_HOOK_RETENTION_S", 3600...31_536_000, \.hooks.retention),
    ]

    private static let zid = [
        LimitSetting("HUB_ZID_REQUESTS_PER_MIN", .perMinute, 1...10_000, \.zidPerMinute),
        LimitSetting("HUB_ZID_PRODUCTS_S", 1...86_400, \.zidProductInterval),
        LimitSetting("HUB_ZID_ORDERS_S", 1...86_400, \.zidOrderInterval),
        LimitSetting("HUB_ZID_OVERLAP_S", 3600...2_592_000, \.zidOrderOverlap),
        LimitSetting("HUB_ZID_STOCK_S", 1...86_400, \.zidStockInterval),
        LimitSetting("HUB_ZID_UPKEEP_MS", 10...3_600_000, \.zidUpkeep.interval),
        LimitSetting("HUB_ZID_UPKEEP_LEASE_MS", 1000...3_600_000, \.zidUpkeep.lease),
        LimitSetting("HUB_ZID_UPKEEP_PAUSE_MS", 10...3_600_000, \.zidUpkeep.firstPause),
        LimitSetting("HUB_ZID_UPKEEP_LONGEST_PAUSE_S", 1...86_400, \.zidUpkeep.longestPause),
        LimitSetting("HUB_ZID_RENEW_BEFORE_S", 60...15_552_000, \.zidUpkeep.renewBefore),
        LimitSetting("HUB_ZID_REFUSAL_PAUSE_S", 1...86_400, \.zidUpkeep.refusalPause),
        LimitSetting("HUB_ZID_PATIENCE_MS", 100...60_000, \.zidUpkeep.patience),
        LimitSetting("HUB_ZID_WEBHOOKS_S", 1...2_592_000, \.zidUpkeep.webhookInterval),
        LimitSetting("HUB_DELIVERY_PAUSE_MS", 10...3_600_000, \.deliveryPause),
        LimitSetting("HUB_DELIVERY_LEASE_MS", 100...3_600_000, \.deliveryLease),
    ]

    private static let routing = [
        LimitSetting("HUB_ROUTING_BEAT_MS", 50...600_000, \.routingBeat),
        LimitSetting("HUB_ROUTING_LIFETIME_MS", 150...3_600_000, \.routingLifetime),
    ]

    private static let outbox = [
        LimitSetting("HUB_INTEGRATION_POLL_MS", 10...60_000, \.integrationInterval),
        LimitSetting("HUB_WEBHOOK_GRACE_S", 0...86_400, \.webhookGrace),
        LimitSetting("HUB_OUTBOX_WIDTH", .count, 1...1000, \.outboxWidth),
        LimitSetting("HUB_OUTBOX_POLL_MS", 10...60_000, \.outboxInterval),
        LimitSetting("HUB_OUTBOX_TIMEOUT_MS", 100...300_000, \.outboxTimeout),
        LimitSetting("HUB_OUTBOX_UPLOAD_TIMEOUT_MS", 100...900_000, \.outboxUploadTimeout),
        LimitSetting("HUB_OUTBOX_LEASE_MS", 200...3_600_000, \.outboxLease),
        LimitSetting("HUB_OUTBOX_ATTEMPTS", .count, 1...50, \.outboxAttempts),
        LimitSetting("HUB_OUTBOX_PAUSE_MS", 10...60_000, \.outboxPause),
        LimitSetting("HUB_OUTBOX_PROBE_MS", 100...3_600_000, \.outboxProbePause),
        LimitSetting("HUB_OUTBOX_SETTLE_MS", 100...86_400_000, \.outboxSettleTime),
        LimitSetting("HUB_OUTBOX_MAX_AGE_S", 60...604_800, \.outboxMaxAge),
        LimitSetting("HUB_OUTBOX_PAIR_BURST", .count, 1...45, \.outboxPairBurst),
        LimitSetting("HUB_OUTBOX_PER_SECOND", .count, 1...1000, \.outboxPerSecond),
        LimitSetting("HUB_OUTBOX_BREAKER", .count, 1...1000, \.outboxBreaker),
        LimitSetting("HUB_OUTBOX_MAIL_PAUSE_MS", 10...3_600_000, \.outboxMailPause),
        LimitSetting("HUB_OUTBOX_MAILS_PER_SECOND", .count, 1...1000, \.outboxMailsPerSecond),
        LimitSetting("HUB_FOLLOW_UP_MS", 10...600_000, \.followUpInterval),
        LimitSetting("HUB_WHATSAPP_SIGNS_PER_SECOND", .count, 1...80, \.signsPerSecond),
        LimitSetting("HUB_WHATSAPP_TEMPLATES_S", 1...86_400, \.templateInterval),
    ]

    private static let database = [
        LimitSetting("HUB_SQLITE_READERS", .count, 1...64, \.sqliteReaders),
        LimitSetting("HUB_SQLITE_BUSY_TIMEOUT_MS", upToADay, \.sqliteBusyTimeout),
        LimitSetting("HUB_SQLITE_SEARCHERS", .count, 1...64, \.sqliteSearchers),
        LimitSetting("HUB_INDEX_DELAY_MS", upToADay, \.indexDelay),
        LimitSetting("HUB_SQLITE_SEARCH_PATIENCE_MS", upToADay, \.sqliteSearchPatience),
        LimitSetting("HUB_POSTGRES_READERS", .count, 1...64, \.postgresReaders),
        LimitSetting("HUB_POSTGRES_WRITERS", .count, 1...64, \.postgresWriters),
        LimitSetting("HUB_STATEMENT_TIMEOUT_MS", upToADay, \.statementTimeout),
        LimitSetting("HUB_CONNECT_TIMEOUT_MS", upToADay, \.connectTimeout),
        LimitSetting("HUB_LEASE_TIMEOUT_MS", upToADay, \.leaseTimeout),
        LimitSetting("HUB_MAX_WAITING_FOR_DATABASE", .count, 1...1_000_000, \.maxWaitingForDatabase),
        LimitSetting("HUB_MIN_FREE_DISK_BYTES", .bytes, 0...1_099_511_627_776, \.minFreeDiskBytes),
    ]

    private static let alerts = [
        LimitSetting("HUB_ALERT_POLL_MS", 50...3_600_000, \.alertInterval),
        LimitSetting("HUB_HEALTH_CHECK_S", 1...86_400, \.healthCheckInterval),
        LimitSetting("HUB_ALERT_HOLD_S", 0...86_400, \.alertHold),
        LimitSetting("HUB_ALERT_CALM_S", 0...86_400, \.alertCalm),
        LimitSetting("HUB_ALERT_MIN_HEALTH", .count, 0...100, \.alertMinHealth),
        LimitSetting("HUB_ALERT_MAX_QUEUED", .count, 1...1_000_000, \.alertMaxQueued),
        LimitSetting("HUB_ALERT_MAX_WAIT_S", 1...604_800, \.alertMaxWait),
        LimitSetting("HUB_ALERT_SILENCE_S", 60...604_800, \.alertSilence),
        LimitSetting("HUB_ALERT_FREE_DISK_BYTES", .bytes, 0...1_099_511_627_776, \.alertFreeDiskBytes),
        LimitSetting("HUB_ALERT_ERROR_PERCENT", .count, 1...100, \.alertErrorPercent),
        LimitSetting("HUB_ALERT_ERROR_WINDOW_S", 10...86_400, \.alertErrorWindow),
        LimitSetting("HUB_ALERT_MIN_REQUESTS", .count, 1...1_000_000, \.alertMinRequests),
        LimitSetting("HUB_ALERT_RETENTION_S", 86_400...315_360_000, \.alertRetention),
    ]

    private static let startAndEnd = [
        LimitSetting("HUB_START_TIMEOUT_MS", 0...86_400_000, \.startTimeout),
        LimitSetting("HUB_DRAIN_MS", 0...3_600_000, \.drainLimit),
    ]
}
