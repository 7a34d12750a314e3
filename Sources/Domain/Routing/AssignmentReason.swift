/// Why an agent got a conversation.
package enum AssignmentReason: String, Sendable, CaseIterable {
    case lastAgent = "last_agent"
    case roundRobin = "round_robin"
    case leastBusy = "least_busy"
    case transfer
    case override
}
