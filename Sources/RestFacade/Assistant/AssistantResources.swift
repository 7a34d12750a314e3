package import Actors
package import Domain

/// What the resources of the assistant need.
package struct AssistantResources: Sendable {
    package let usage: any UsageStore
    package let playground: AssistantPlayground
    package let audit: any AuditLog
    package let maxTestsPerMinute: Int

    package init(
        usage: any UsageStore,
        playground: AssistantPlayground,
        audit: any AuditLog,
        maxTestsPerMinute: Int = 20
    ) {
        self.usage = usage
        self.playground = playground
        self.audit = audit
        self.maxTestsPerMinute = maxTestsPerMinute
    }

    var groups: [any EndpointGroup] {
        [
            UsageRoutes(usage: usage),
            PlaygroundRoutes(
                playground: playground, audit: audit,
                limiter: RateLimiter(RequestRate(perMinute: maxTestsPerMinute, maxCallers: 1000))),
        ]
    }
}
