/// What a route asks of its caller. The text is also a scope of API tokens.
package enum Right: String, Sendable, CaseIterable {
    /// Rooms, conversations and files: everything a member of staff may do in the chat.
    case chat = "chat"
    /// Keep canned replies and the labels of conversations, and see how all customers rated the shop.
    case deskManage = "desk:manage"

    /// Overrule routing: give any conversation to anybody, and say how urgent one is.
    case routingManage = "routing:manage"

    case productsRead = "products:read"
    case productsWrite = "products:write"
    /// Codes with their text masked.
    case codesRead = "codes:read"
    /// Bring codes in, and take them out for good.
    case codesImport = "codes:import"
    /// Reserve, sell and release codes, and hand them to customers.
    case codesAllocate = "codes:allocate"
    /// See the text of a code.
    case codesReveal = "codes:reveal"

    case ordersRead = "orders:read"
    case ordersWrite = "orders:write"

    case crmRead = "crm:read"
    case crmWrite = "crm:write"
    /// Merge, import and export contacts, and erase a person's data.
    case crmManage = "crm:manage"

    case progressRead = "progress:read"
    case progressWrite = "progress:write"
    case trainingRead = "training:read"
    case trainingWrite = "training:write"

    /// What the shop knows, with what is for staff only.
    case articlesRead = "articles:read"
    case articlesWrite = "articles:write"

    case logsRead = "logs:read"
    case usersRead = "users:read"
    case usersManage = "users:manage"
    case settingsRead = "settings:read"
    case settingsWrite = "settings:write"
    case statusRead = "status:read"
    /// One's own API tokens.
    case tokensManage = "tokens:manage"
}

extension User.Role {
    /// The one table of who may do what.
    package var rights: Set<Right> {
        switch self {
        case .admin: Self.adminRights
        case .supervisor: Self.supervisorRights
        case .agent: Self.agentRights
        }
    }

    private static let adminRights = Set(Right.allCases)

    private static let supervisorRights = adminRights.subtracting([.usersManage, .settingsWrite, .statusRead])

    private static let agentRights: Set<Right> = [
        .chat, .productsRead, .codesRead, .codesAllocate, .ordersRead, .ordersWrite, .crmRead, .crmWrite, .progressRead,
        .progressWrite, .trainingRead, .usersRead, .tokensManage, .articlesRead,
    ]
}
