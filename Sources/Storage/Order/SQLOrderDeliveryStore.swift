import Domain

/// Codes that paid orders are owed, over either database.
struct SQLOrderDeliveryStore: OrderDeliveryStore {
    let database: any SQLDatabase
    let now: @Sendable () -> Timestamp

    func claim(limit: Int, at moment: Timestamp, lease: Duration) async throws -> [OwedOrder] {
        // Nearly always there is nothing, and asking takes no lock.
        let isDue = try await database.read { session in
            try !session.execute(Self.anyDue, [.moment(moment)]).isEmpty
        }
        guard isDue else { return [] }
        return try await database.write { session in
            let claimed = try session.execute(Self.claim, [.moment(moment), .count(limit), .moment(moment + lease)])
            return try claimed.map { try Self.owed($0, session) }
                .sorted { ($0.order.paidAt ?? moment, $0.order.id) < ($1.order.paidAt ?? moment, $1.order.id) }
        }
    }

    private static func owed(_ row: SQLRow, _ session: any SQLSession) throws -> OwedOrder {
        var row = row.reader
        let id = try row.text(OrderID.init)
        let customer = try row.optionalJSON().map { ZidCustomer($0, isMasked: false) }
        return OwedOrder(
            order: try SQLOrderStore.find(id, .everything, isLocked: false, session),
            customer: customer ?? .nobody,
            language: try row.text(Language.init(rawValue:)),
            debts: try OrderDebts.owed(id, session),
            attempts: try row.integer()
        )
    }

    func postpone(_ order: OrderID, until due: Timestamp, because reason: DeliveryWait?) async throws {
        try await database.write { session in
            _ = try session.finish(Self.postpone, [.id(order), .moment(due), .optional(reason?.rawValue)])
        }
    }

    func reach(_ owed: OwedOrder, at number: String?, now moment: Timestamp) async throws -> KnownReach {
        let phone = owed.customer.phone.map { String($0.dropFirst()) }
        return try await database.read { session in
            let found = try session.batch([
                SQLStatement(Self.byPhone, [.optional(number), .optional(phone)]),
                SQLStatement(
                    Self.chat, [.optional(owed.order.contact?.text), .optional(owed.order.conversation?.text)]),
            ])
            var line = found[0].first?.reader
            var chat = found[1].first?.reader
            return KnownReach(
                whatsApp: try line?.text(RoomID.init), window: ServiceWindow(lastInboundAt: try line?.optionalMoment()),
                chat: try chat?.text(RoomID.init))
        }
    }

    func conversation(of owed: OwedOrder, _ fresh: NewVisitor) async throws -> RoomID {
        let writing = Writing<RoomID>(by: .system, at: fresh.at)
        return try await database.write(writing) { session in
            // Contacts are locked before what is theirs.
            let contact = try owed.order.contact.map { try ContactStatements.lock($0, .everything, session) }
            let order = try SQLOrderStore.find(owed.order.id, .everything, isLocked: true, session)
            if var row = try session.execute(Self.ownRoom, [.id(owed.order.id)]).first?.reader,
                let room = try row.optionalText(RoomID.init)
            {
                return Change(room, nil)
            }
            try Self.make(fresh, session)
            _ = try session.execute(Self.setOwnRoom, [.id(order.id), .id(fresh.room)])
            var (events, statements) = Self.linking(order, to: fresh.room, at: fresh.at)
            if let contact, let visitor = ContactIdentity(.visitor, fresh.id.text),
                contact.identities.count < CRMContact.maxIdentities
            {
                var new = contact
                new.setIdentities(contact.identities + [visitor])
                new.touch(at: fresh.at)
                statements += try ContactStatements.update(contact, to: new, .everything, session)
                if let event = AuditEvent.changed(contact, to: new) { events.append(event) }
            }
            return Change(fresh.room, events: events, statements: statements)
        }.value()
    }

    /// The order names the conversation with its customer, unless it names one.
    private static func linking(
        _ order: Order,
        to room: RoomID,
        at moment: Timestamp
    ) -> ([AuditEvent], [SQLStatement]) {
        guard order.conversation == nil else { return ([], []) }
        var linked = order
        linked.conversation = room
        linked.touch(at: moment)
        return (AuditEvent.changed(order, to: linked).map { [$0] } ?? [], [OrderRow.update(linked)])
    }

    /// Nobody has to look at it before somebody writes.
    private static func make(_ new: NewVisitor, _ session: any SQLSession) throws {
        let profile = new.profile
        _ = try session.batch([
            SQLStatement(
                VisitorStatements.insert,
                [
                    .id(new.id), .id(new.room), .optional(profile.name), .optional(profile.email),
                    .optional(profile.phone), .optional(profile.locale), .null, .null, .moment(new.at),
                ]),
            SQLStatement(
                VisitorStatements.insertConversation,
                [
                    .id(new.room), .moment(new.at), .id(new.side), .text(Conversation.Channel.web.rawValue),
                    .id(new.id), .text(ConversationState.resolved.rawValue),
                ]),
            SQLStatement(VisitorStatements.insertSide, [.id(new.side), .id(new.room), .moment(new.at)]),
        ])
    }

    // MARK: Delivering

    func deliver(_ delivery: CodeDelivery, _ writing: Writing<CodeDelivered>) async throws -> CodeDelivered {
        try await database.write(writing) { [now] session in
            // Orders before products, products before rooms: nobody locks them the other way round.
            let order = try SQLOrderStore.find(delivery.order, .everything, isLocked: true, session)
            guard order.isOwedCodes else {
                return Change(.settled, nil, statements: OrderDebts.settle(order.id))
            }
            guard try OrderDebts.isOwed(delivery, session) else { return Change(.settled, nil) }
            guard try !OrderDebts.isCovered(delivery.debt, of: order, session) else {
                return Change(.settled, nil, statements: OrderDebts.void(delivery))
            }
            let codes = try SQLCodeStore.locked(.several(delivery.codes), session)
            let recipient = CodeRecipient.order(order.number, from: delivery.room)
            guard codes.allSatisfy({ $0.state.name == .reserved && $0.recipient == recipient }) else {
                throw HubError.conflict("a code is not reserved for this order any more: try again")
            }
            let moment = now()
            let sold = try SQLCodeStore.sell(
                codes, with: delivery.message, in: delivery.room, by: writing.actor, at: moment, "delivered", session)
            let linked = Self.linking(order, to: delivery.room, at: moment)
            let events = sold.events + linked.0
            let statements = OrderDebts.deliver(delivery, sold.value.seq) + linked.1
            guard let mail = delivery.mail else {
                return Change(.done(sold.value, mail: nil), events: events, statements: sold.statements + statements)
            }
            // The note stands behind the message, and sees its head.
            _ = try session.batch(sold.statements)
            let posted = try Self.post(mail, for: sold.value, naming: delivery, session, at: moment)
            return Change(
                .done(sold.value, mail: posted.mail), events: events, statements: statements + posted.statements)
        }.value()
    }

    private static func post(
        _ mail: CodeMail,
        for sold: HandedOver,
        naming delivery: CodeDelivery,
        _ session: any SQLSession,
        at moment: Timestamp
    ) throws -> (mail: PostedMail, statements: [SQLStatement]) {
        let post = mail.post(sold.seq, in: sold.room, mid: delivery.message.mid)
        guard let (posted, statements) = try SQLMailStore.owing(post, session, at: moment) else {
            throw HubError.conflict("the mail with these codes cannot be written")
        }
        // It tells of the message, so nobody writes to them once more that there is one.
        let told = SQLStatement(SQLFollowUpStore.tell, [.id(sold.room), .seq(sold.seq), .moment(moment)])
        return (posted, statements + [told])
    }

    func standing() async throws -> DeliveryStanding {
        try await database.read { session in
            guard var row = try session.execute(Self.counts).first?.reader else {
                throw HubError(.internal, "An aggregate has no row.")
            }
            return DeliveryStanding(
                owed: try row.integer(), notEnough: try row.integer(), nobody: try row.integer())
        }
    }

    // MARK: Statements

    private static let anyDue: SQLText =
        "SELECT 1 FROM order_deliveries WHERE state = 'owed' AND due_ms <= $1 LIMIT 1"

    /// Hubs that look at once take different ones.
    private static let claim: SQLText = {
        let due = """
            SELECT order_id FROM order_deliveries WHERE state = 'owed' AND due_ms <= $1
            ORDER BY paid_ms, order_id LIMIT $2
            """
        func text(_ due: String) -> String {
            """
            UPDATE order_deliveries SET due_ms = $3, attempts = attempts + 1 WHERE order_id IN (\(due))
            RETURNING order_id, customer, language, attempts
            """
        }
        return SQLText(sqlite: text(due), postgres: text("\(due) FOR UPDATE SKIP LOCKED"))
    }()

    private static let postpone: SQLText =
        "UPDATE order_deliveries SET due_ms = $2, waits = $3 WHERE order_id = $1 AND state = 'owed'"

    /// By the number alone: what else is said of a person is not sure enough for codes.
    private static let byPhone: SQLText = """
        SELECT w.room_id, r.heard_ms FROM whatsapp_identities w JOIN rooms r ON r.id = w.room_id
        WHERE w.number_id = $1 AND w.phone = $2 AND w.erased_ms IS NULL
        """

    /// The chat that staff named, or one of whom the site vouches for; not the conversation of an order, in which nobody
    /// reads.
    private static let chat: SQLText = """
        SELECT r.id FROM rooms r JOIN visitors v ON v.id = r.visitor_id
        WHERE r.state <> 'resolved' AND NOT EXISTS (SELECT 1 FROM order_deliveries d WHERE d.room_id = r.id) AND (r.id = $2 OR (v.verified_user_id IS NOT NULL AND EXISTS (
            SELECT 1 FROM crm_identities i WHERE i.kind = 'visitor' AND i.value = v.id AND i.contact_id = $1)))
        ORDER BY CASE WHEN r.id = $2 THEN 0 ELSE 1 END, r.changed_ms DESC, r.id LIMIT 1
        """

    private static let ownRoom: SQLText = "SELECT room_id FROM order_deliveries WHERE order_id = $1"

    private static let setOwnRoom: SQLText = "UPDATE order_deliveries SET room_id = $2 WHERE order_id = $1"

    private static let counts: SQLText = """
        SELECT COUNT(*), COUNT(CASE WHEN waits = 'not-enough' THEN 1 END), COUNT(CASE WHEN waits = 'nobody' THEN 1 END)
        FROM order_deliveries WHERE state = 'owed'
        """

    /// Of contacts that are erased.
    static let forget = SQLBulk(
        [.text("id")],
        """
        UPDATE order_deliveries SET customer = NULL FROM k
        WHERE order_deliveries.order_id IN (SELECT o.id FROM orders o WHERE o.contact_id = k.id)
        """
    )
}
