/// By what the customer of an order can be reached now.
package struct DeliveryReach: Sendable, Equatable {
    package struct Phone: Sendable, Equatable {
        /// Their conversation on WhatsApp; nil when they have never had one.
        package let room: RoomID?
        /// Whether they may be written to freely: see `ServiceWindow`.
        package let isOpen: Bool

        package init(room: RoomID?, isOpen: Bool) {
            self.room = room
            self.isOpen = isOpen
        }
    }

    /// Nil without a number, or without WhatsApp.
    package let phone: Phone?
    /// A chat of theirs that is going on. Only when the site vouches for who they are, because everybody may say any
    /// name.
    package let chat: RoomID?
    /// Nil without an address, or without mail.
    package let email: EmailAddress?
    /// Whether there is an approved template for orders.
    package let canInvite: Bool

    package init(phone: Phone?, chat: RoomID?, email: EmailAddress?, canInvite: Bool) {
        self.phone = phone
        self.chat = chat
        self.email = email
        self.canInvite = canInvite
    }
}

/// Where codes of an order go.
package enum DeliveryRoute: Sendable, Equatable {
    /// Into this conversation.
    case conversation(RoomID)
    case mail(EmailAddress)
    /// WhatsApp takes nothing but a template now. It invites them to answer, and codes follow when they have.
    case invite(RoomID?)
    /// Nothing says where.
    case nobody

    package init(_ reach: DeliveryReach) {
        if let phone = reach.phone, phone.isOpen, let room = phone.room {
            self = .conversation(room)
        } else if let chat = reach.chat {
            self = .conversation(chat)
        } else if let email = reach.email {
            self = .mail(email)
        } else if let phone = reach.phone, reach.canInvite {
            self = .invite(phone.room)
        } else {
            self = .nobody
        }
    }
}

/// Why codes of an order wait. Staff are told once of each.
package enum DeliveryWait: String, Sendable, CaseIterable {
    case notEnough = "not-enough"
    case nobody
    /// For an answer to the invitation; the customer was told, staff need not be.
    case invited
    /// The log or the store refuses it.
    case refused

    /// As the API says it.
    package var word: String {
        switch self {
        case .notEnough: "not_enough"
        case .nobody: "nobody"
        case .invited: "invited"
        case .refused: "refused"
        }
    }

    /// What staff are told; nil for nothing.
    package func note(for order: String) -> String? {
        switch self {
        case .notEnough:
            "الطلب \(order) مدفوع، والأكواد لا تكفي: استورد أكوادًا وسيُسلَّم تلقائيًا · "
                + "Order \(order) is paid and there are not enough codes: import more, and it is delivered by itself"
        case .nobody:
            "الطلب \(order) مدفوع، ولا يُعرف أين يُسلَّم: لا رقم ولا بريد · "
                + "Order \(order) is paid, and nothing says where to deliver it: no number and no e-mail"
        case .refused:
            "الطلب \(order) مدفوع، وتعذر تسليم أكواده: سلّمها من المحادثة · "
                + "Order \(order) is paid, and its codes could not be delivered: hand them over in a conversation"
        case .invited: nil
        }
    }
}
