package import Domain

/// How customers of orders are reached, and staff who must know that they are not.
package struct CustomerReach: Sendable {
    /// WhatsApp as far as orders need it.
    package struct Line: Sendable {
        /// Our number, by its id there.
        package let number: String
        /// The approved template that invites a customer to answer, and its language; nil for none.
        package let template: (name: String, language: String)?

        package init(number: String, template: (name: String, language: String)?) {
            self.number = number
            self.template = template
        }
    }

    private let store: any OrderDeliveryStore
    private let conversations: any ConversationStore
    private let people: any WhatsAppStore
    private let gateway: any RoomGateway
    private let line: Live<Line?>
    private let mailbox: Live<EmailAddress?>
    private let now: @Sendable () -> Timestamp

    /// - Parameters:
    ///   - line: Nil while there is no WhatsApp.
    ///   - mailbox: That codes are sent from; nil while no mail is set up.
    package init(
        store: any OrderDeliveryStore,
        conversations: any ConversationStore,
        people: any WhatsAppStore,
        gateway: any RoomGateway,
        line: Live<Line?>,
        mailbox: Live<EmailAddress?>,
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.store = store
        self.conversations = conversations
        self.people = people
        self.gateway = gateway
        self.line = line
        self.mailbox = mailbox
        self.now = now
    }

    func route(of owed: OwedOrder) async throws -> DeliveryRoute {
        let (line, mailbox) = (line.now, mailbox.now)
        let known = try await store.reach(owed, at: line?.number, now: now())
        let isOpen = known.window.state(at: now()) != .closed
        return DeliveryRoute(
            DeliveryReach(
                phone: line == nil || owed.customer.phone == nil
                    ? nil : DeliveryReach.Phone(room: known.whatsApp, isOpen: isOpen),
                chat: known.chat,
                email: mailbox == nil ? nil : owed.customer.email,
                canInvite: line?.template != nil))
    }

    /// Of a customer who has none here: staff see there what was delivered, and the customer has it by mail.
    func ownConversation(of owed: OwedOrder) async throws -> RoomID {
        let moment = now()
        let customer = owed.customer
        let fresh = NewVisitor(
            id: .make(at: moment), room: .make(at: moment), side: .make(at: moment), tokenHash: "",
            profile: try VisitorProfile(
                name: customer.name.map { String($0.prefix(VisitorProfile.maxNameLength)) },
                email: customer.email?.text,
                phone: customer.phone, locale: owed.language.rawValue),
            verifiedUserID: nil, at: moment)
        return try await store.conversation(of: owed, fresh)
    }

    func mail(to address: EmailAddress, in language: Language) throws(HubError) -> CodeMail {
        guard let mailbox = mailbox.now else { throw HubError(.unavailable, "mail was turned off meanwhile") }
        return CodeMail(id: .make(at: now()), from: mailbox.text, to: address, in: language)
    }

    /// Sends the template once; the window opens when they answer.
    func invite(_ owed: OwedOrder, in known: RoomID?) async throws {
        guard let line = line.now, let template = line.template else { return }
        let room: RoomID
        if let known { room = known } else { room = try await newConversation(of: owed, on: line) }
        let body = MessageBody.template(
            name: template.name, language: template.language, params: ["body": [.string(owed.order.number)]])
        let draft = Draft(
            author: .hub, mid: .note(of: owed.order.id, "invite"), content: .message(body, replyTo: nil))
        _ = try await gateway.append(draft, to: room)
    }

    private func newConversation(of owed: OwedOrder, on line: Line) async throws -> RoomID {
        let moment = now()
        guard let person = WhatsAppPerson(userID: nil, phone: owed.customer.phone, name: owed.customer.name) else {
            throw HubError(.internal, "A customer without a number is invited.")
        }
        // They have not written: what they do write later counts as later.
        return try await people.identity(
            of: person, at: line.number, sentAt: Timestamp(milliseconds: 0), telling: nil,
            NewWhatsAppIdentity(at: moment), Writing(by: .system, at: moment)
        ).room
    }

    /// Tells staff once in the side room of a conversation, and opens it.
    func tellStaff(_ wait: DeliveryWait, of owed: OwedOrder, in room: RoomID) async throws {
        guard let note = wait.note(for: owed.order.number),
            let summary = try await conversations.summaries(of: [room]).first
        else { return }
        let mid = MID.note(of: owed.order.id, wait.rawValue)
        let draft = Draft(author: .hub, mid: mid, content: .message(.text(note), replyTo: nil))
        let told = try await gateway.append(draft, to: summary.conversation.side)
        guard !told.isDuplicate, summary.conversation.state != .open else { return }
        _ = try await gateway.append(
            Draft(author: .hub, mid: mid, content: .state(.open, until: nil)), to: room)
    }
}
