/// Who answers a conversation: nobody yet, the assistant, or exactly one agent.
package enum Owner: Sendable, Hashable {
    case nobody
    case assistant
    case agent(UserID)

    package var agent: UserID? {
        switch self {
        case .agent(let id): id
        case .nobody, .assistant: nil
        }
    }
}
