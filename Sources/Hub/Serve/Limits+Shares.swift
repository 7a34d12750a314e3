import Actors
import Domain
import NIOCore
import RestFacade
import Transport

// Each module's share of the limits.

extension RoomLimits {
    init(_ limits: Limits) {
        self.init()
        tailEvents = limits.tailEvents
        maxQueuedDrafts = limits.maxQueuedDrafts
        maxDraftsPerAppend = limits.maxDraftsPerAppend
        maxWaitingForLoad = limits.maxWaitingForLoad
        maxJoinBytes = limits.maxJoinBytes
        maxListedPresence = limits.maxListedPresence
        presenceGrace = limits.presenceGrace
        typingLifetime = limits.typingLifetime
        idleLifetime = limits.roomIdleLifetime
    }
}

extension RoutingLimits {
    init(_ limits: Limits) {
        self.init()
        glance = limits.pollInterval
        beat = limits.routingBeat
        lifetime = limits.routingLifetime
        presenceGrace = limits.presenceGrace
    }
}

extension PersonLimits {
    init(_ limits: Limits) {
        self.init()
        maxConnectionsPerPerson = limits.maxConnectionsPerPerson
        maxRoomsPerConnection = limits.maxRoomsPerConnection
        writeBurst = Double(limits.writeBurst)
        writesPerSecond = Double(limits.writesPerSecond)
        newVisitorBurst = Double(limits.newVisitorBurst)
        newVisitorsPerMinute = Double(limits.newVisitorsPerMinute)
    }
}

extension SessionLimits {
    init(_ limits: Limits) {
        self.init()
        authTimeout = limits.authTimeout
        operationBurst = Double(limits.operationBurst)
        operationsPerSecond = Double(limits.operationsPerSecond)
        maxErrors = limits.maxErrors
        errorWindow = limits.errorWindow
        tokenWarning = limits.tokenWarning
    }
}

extension LoginLimits {
    init(_ limits: Limits) {
        self.init()
        accountBurst = Double(limits.loginBurst)
        accountPerMinute = Double(limits.loginsPerMinute)
        addressBurst = Double(limits.addressLoginBurst)
        addressPerMinute = Double(limits.addressLoginsPerMinute)
    }
}

extension WebhookLimits {
    init(_ limits: Limits) {
        self.init()
        batch = limits.webhookBatch
        width = limits.webhookWidth
        interval = limits.webhookInterval
        lease = limits.webhookLease
        maxBodyBytes = limits.maxWebhookBytes
    }
}

extension WhatsAppLimits {
    init(_ limits: Limits) {
        self.init()
        intake = WebhookLimits(limits)
        downloads = limits.webhookDownloads
    }
}

extension ZidLimits {
    init(_ limits: Limits) {
        self.init()
        webhooks.interval = limits.webhookInterval
        webhooks.lease = limits.webhookLease
        webhooks.maxBodyBytes = min(webhooks.maxBodyBytes, limits.maxWebhookBytes)
        productInterval = limits.zidProductInterval
        orderInterval = limits.zidOrderInterval
        orderOverlap = limits.zidOrderOverlap
        stockInterval = limits.zidStockInterval
    }
}

extension DeliveryLimits {
    init(_ limits: Limits) {
        self.init()
        interval = limits.webhookInterval
        lease = limits.deliveryLease
        pause = limits.deliveryPause
    }
}

extension APITokenLimits {
    init(_ limits: Limits) {
        self.init()
        maxLifetime = limits.apiTokenLifetime
        maxPerUser = limits.maxAPITokensPerUser
    }
}

extension AccountLinkLimits {
    init(_ limits: Limits) {
        self.init()
        invitationLifetime = limits.invitationLifetime
        resetLifetime = limits.passwordResetLifetime
    }
}

extension AttachmentLimits {
    init(_ limits: Limits) {
        self.init()
        maxBytes = Int64(limits.maxAttachmentBytes)
        maxUploads = limits.maxUploads
        uploadTimeout = limits.uploadTimeout
    }
}

extension CodeLimits {
    init(_ limits: Limits) {
        self.init()
        maxPerAllocation = limits.maxCodesPerAllocation
        hold = min(limits.codeHold, limits.maxCodeHold)
        maxHold = limits.maxCodeHold
        maxPerImport = limits.maxCodesPerImport
        maxImportBytes = limits.maxImportBytes
        maxProblems = limits.maxImportProblems
        maxImports = limits.maxImports
        importTimeout = limits.uploadTimeout
        importSilence = limits.importSilence
        linesPerTransaction = limits.importBatchLines
        settleInterval = limits.codeSettleInterval
    }
}

extension ConnectionLimits {
    init(_ limits: Limits) {
        self.init()
        maxConnections = limits.maxConnections
        maxPerAddress = limits.maxConnectionsPerAddress
    }
}

extension SocketLimits {
    init(_ limits: Limits) {
        self.init()
        maxFrameBytes = limits.maxFrameBytes
        maxMessageBytes = limits.maxFrameBytes
        maxHeadBytes = limits.maxHeadBytes
        maxHeadFields = limits.maxHeadFields
        handshakeTimeout = TimeAmount(limits.handshakeTimeout)
        pingInterval = TimeAmount(limits.pingInterval)
        pingTimeout = TimeAmount(limits.pingTimeout)
        closeTimeout = TimeAmount(limits.closeTimeout)
        compressionThresholdBytes = limits.compressionThresholdBytes
        sendBufferBytes = limits.sendBufferBytes
    }
}

extension SocketSettings {
    convenience init(
        _ limits: Limits,
        sessions: SessionDirectory,
        node: String,
        epoch: String,
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.init(
            sessions: sessions,
            limits: SocketLimits(limits),
            sessionLimits: SessionLimits(limits),
            addressOperationBurst: Double(limits.addressOperationBurst),
            addressOperationsPerSecond: Double(limits.addressOperationsPerSecond),
            maxJSONDepth: limits.maxJSONDepth,
            maxOutboundBytes: limits.maxOutboundBytes,
            lagAfter: TimeAmount(limits.lagTimeout),
            stalledAfter: TimeAmount(limits.stallTimeout),
            deflate: DeflatePolicy(limits),
            node: node,
            epoch: epoch,
            now: now
        )
    }
}

extension DeflatePolicy {
    init(_ limits: Limits) {
        self.init()
        compressionLevel = limits.compressionLevel
        maxOwnStreams = limits.maxContextTakeovers
        allowsServerContextTakeover = maxOwnStreams > 0
        allowsClientContextTakeover = maxOwnStreams > 0
    }
}

extension OriginPolicy {
    init(_ allowed: AllowedOrigins) {
        switch allowed {
        case .any: self = .any
        // The configuration has checked that each is an origin.
        case .listed(let origins): self = .sameHost(or: Set(origins.compactMap(Origin.init)))
        }
    }
}

extension OutboxLimits {
    init(_ limits: Limits) {
        self.init()
        maxAttempts = Int64(limits.outboxAttempts)
        firstPause = limits.outboxPause
        probePause = limits.outboxProbePause
        lease = max(limits.outboxLease, limits.outboxTimeout + limits.outboxUploadTimeout)
        settleTime = limits.outboxSettleTime
        maxAge = limits.outboxMaxAge
        pairBurst = Double(limits.outboxPairBurst)
        numberPerSecond = Double(limits.outboxPerSecond)
        breakerFailures = Int64(limits.outboxBreaker)
        hooks = limits.hooks
        mailFirstPause = limits.outboxMailPause
        mailPerSecond = Double(limits.outboxMailsPerSecond)
    }
}

extension OutboxRelaySettings {
    init(_ limits: Limits) {
        self.init()
        maxUnderWay = limits.outboxWidth
        interval = limits.outboxInterval
    }
}

extension KnowledgeLimits {
    init(_ limits: Limits) {
        self.init()
        maxArticleBytes = limits.maxArticleBytes
        maxHeldPassages = limits.maxHeldPassages
        minLikenessPercent = limits.minLikenessPercent
        questionTimeout = limits.questionTimeout
        interval = limits.knowledgeInterval
        batch = limits.knowledgeBatch
        lease = limits.knowledgeLease
        firstPause = limits.knowledgePause
    }
}
