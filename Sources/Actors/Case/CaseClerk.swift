package import Domain

/// Finds the rules and the words for cases, in the shop's settings.
package struct CaseClerk: Sendable {
    private let conversations: any ConversationStore
    private let hours: HoursBook

    package init(conversations: any ConversationStore, hours: HoursBook) {
        self.conversations = conversations
        self.hours = hours
    }

    func open(at now: Timestamp) async throws -> Desk {
        Desk(conversations: conversations, hours: hours, shop: try await hours.shop(), now: now)
    }

    /// The settings as they are for one piece of work.
    struct Desk: Sendable {
        let conversations: any ConversationStore
        let hours: HoursBook
        let shop: ShopProfile
        let now: Timestamp

        func rules(for room: Room) async throws -> CaseRules {
            let conversation = room.conversation
            return CaseRules(
                hours: try await hours.hours(for: conversation?.team, of: shop, at: now),
                level: shop.level,
                reopening: shop.reopening,
                asksSatisfaction: shop.asksSatisfaction && conversation?.channel == .web,
                tellsAway: try await tellsAway(conversation)
            )
        }

        private func tellsAway(_ conversation: Conversation?) async throws -> Bool {
            guard shop.tellsAway else { return false }
            return try await hours.areOwn(for: conversation?.team, of: shop)
        }

        /// What is written to do a duty.
        func content(of duty: CaseDuty, for room: Room) async throws -> EventContent? {
            switch duty {
            case .clock(let kind, let stage, let due, _):
                return .clock(kind, stage, due: due)
            case .away:
                let locale = try await conversations.summaries(of: [room.id]).first?.contact.locale
                return .message(.text(shop.awayMessage(in: shop.language(ofLocale: locale))), replyTo: nil)
            case .survey:
                return .survey
            }
        }
    }
}
