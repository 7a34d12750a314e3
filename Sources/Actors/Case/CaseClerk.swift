package import Domain

/// Finds the rules and the words for cases, in the shop's settings.
package struct CaseClerk: Sendable {
    private let conversations: any ConversationStore
    private let hours: HoursBook
    private let doorman: AssistantDoorman?

    /// - Parameter doorman: Nil where no assistant meets anybody.
    package init(conversations: any ConversationStore, hours: HoursBook, doorman: AssistantDoorman? = nil) {
        self.conversations = conversations
        self.hours = hours
        self.doorman = doorman
    }

    func open(at now: Timestamp) async throws -> Desk {
        Desk(
            conversations: conversations, hours: hours, shop: try await hours.shop(),
            door: try await doorman?.door() ?? AssistantDoor(isUsed: false), now: now)
    }

    /// The settings as they are for one piece of work.
    struct Desk: Sendable {
        let conversations: any ConversationStore
        let hours: HoursBook
        let shop: ShopProfile
        let door: AssistantDoor
        let now: Timestamp

        func rules(for room: Room) async throws -> CaseRules {
            let conversation = room.conversation
            return CaseRules(
                hours: try await hours.hours(for: conversation?.team, of: shop, at: now),
                level: shop.level,
                reopening: shop.reopening,
                asksSatisfaction: shop.asksSatisfaction && canBeAsked(conversation),
                tellsAway: try await tellsAway(conversation),
                assistantMeets: door.isUsed && door.meets(conversation?.team)
            )
        }

        /// On WhatsApp only while they may be written to freely.
        private func canBeAsked(_ conversation: Conversation?) -> Bool {
            guard let conversation else { return false }
            switch conversation.channel {
            case .web: return true
            case .whatsapp: return conversation.window.map { $0.state(at: now) != .closed } ?? false
            }
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
                return .message(.text(shop.awayMessage(in: try await language(of: room))), replyTo: nil)
            case .survey:
                return .survey
            }
        }

        /// How a customer is asked who sees no event of the room; nil where the chat window asks.
        func question(_ survey: SequenceNumber, in room: Room) async throws -> EventContent? {
            switch room.conversation?.channel {
            case .whatsapp:
                let question = SurveyQuestion(room: room.id, survey: survey)
                return .message(.card(question.card(in: try await language(of: room))), replyTo: nil)
            case .web, nil: return nil
            }
        }

        private func language(of room: Room) async throws -> Language {
            let locale = try await conversations.summaries(of: [room.id]).first?.contact.locale
            return shop.language(ofLocale: locale)
        }
    }
}
