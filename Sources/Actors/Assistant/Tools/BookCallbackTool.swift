package import Domain

/// Promises a customer that somebody calls them, at a time at which somebody can.
package struct BookCallbackTool: TextTool {
    package let name = "book_callback"
    package let purpose = """
        Books a call of the staff to the customer. Call it without `at` first: it tells the time now and when somebody \
        can call. Let the customer choose; ask for the phone number when it says that none is known.
        """
    package let parameters = [at, phone, topic]

    private static let at = ToolParameter.optional(
        "at", 40, "When, by the shop's clock: 2026-11-22T17:00. Leave it out to learn the possible times.")
    private static let phone = ToolParameter.optional(
        "phone", 64, "As the customer gave it; leave it out for the number that is known.")
    private static let topic = ToolParameter.optional("topic", 500, "What it is about, in Arabic.")
    /// Of one conversation.
    private static let maxPlanned = 3

    private let callbacks: any CallbackStore
    private let customers: CustomerBook
    private let hours: HoursBook
    private let gateway: any RoomGateway
    private let now: @Sendable () -> Timestamp

    package init(
        callbacks: any CallbackStore,
        customers: CustomerBook,
        hours: HoursBook,
        gateway: any RoomGateway,
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.callbacks = callbacks
        self.customers = customers
        self.hours = hours
        self.gateway = gateway
        self.now = now
    }

    package func run(_ arguments: ToolArguments, in run: AssistantRun.ID) async throws -> JSONValue {
        let customer = try await customers.customer(in: run.room)
        let moment = now()
        let times = CallbackTime(
            try await hours.hours(for: customer.team, of: hours.shop(), at: moment), now: moment)
        guard let wanted = arguments[Self.at] else { return .object(Self.offer(times, customer)) }
        let due: Timestamp
        do {
            due = try times.moment(wanted)
        } catch {
            throw ToolFault(Self.words(error), hints: Self.offer(times, customer))
        }
        let planned = try await planned(in: run.room)
        if let same = planned.first(where: { $0.dueAt == due }) { return Self.booked(same, times) }
        guard planned.count < Self.maxPlanned else {
            throw ToolFault(
                "\(planned.count) calls are booked for this customer already: call hand_over to change them")
        }
        var callback = Callback(id: .make(at: moment), by: .assistant, at: moment)
        callback.contact = customer.contact
        callback.conversation = run.room
        callback.name = customer.name
        callback.phone = try phone(arguments, customer)
        callback.dueAt = due
        callback.topic = arguments[Self.topic]
        try callback.check()
        return try await book(callback, times, arguments, in: run, customer)
    }

    private func book(
        _ callback: Callback,
        _ times: CallbackTime,
        _ arguments: ToolArguments,
        in run: AssistantRun.ID,
        _ customer: CustomerBook.Customer
    ) async throws -> JSONValue {
        let said = [callback.dueAt.rfc3339, callback.phone, callback.topic]
        let once = run.once(name, said) { (_: Callback) in Self.booked(callback, times) }
        do {
            _ = try await callbacks.add(
                callback, scope: .everything, Writing(by: .system, at: callback.createdAt, once: once))
        } catch let error as HubError where error.code == .keyReused {
            throw ToolFault("a call was booked in this answer already: ask the customer whether they want another one")
        }
        let note = "موعد اتصال: \(times.text(of: callback.dueAt))\n\(callback.phone)\n\(callback.topic ?? "")"
        _ = try await gateway.append(
            Draft(author: .assistant, mid: .note(of: run, "callback"), content: .message(.text(note), replyTo: nil)),
            to: customer.side)
        return Self.booked(callback, times)
    }

    private func planned(in room: RoomID) async throws -> [Callback] {
        var filter = CallbackFilter(scope: .everything)
        filter.conversation = room
        filter.state = .planned
        filter.dueFrom = now()
        let request = ListRequest(filter: filter, order: CallbackSort.usual, limit: Self.maxPlanned)
        return try await callbacks.callbacks(request).items
    }

    private func phone(_ arguments: ToolArguments, _ customer: CustomerBook.Customer) throws(ToolFault) -> String {
        if let text = arguments[Self.phone] {
            guard let phone = CustomerBook.phone(text) else {
                throw ToolFault("phone \(ContactIdentity.form(of: .phone)): ask the customer")
            }
            return phone
        }
        guard let phone = customer.phone else { throw ToolFault("no phone is known: ask the customer for it") }
        return phone
    }

    private static func offer(_ times: CallbackTime, _ customer: CustomerBook.Customer) -> [String: JSONValue] {
        [
            "now": .string(times.present), "time_zone": .string(times.zone),
            "open": .array(times.open.map(JSONValue.string)), "phone_is_known": .bool(customer.phone != nil),
        ]
    }

    private static func booked(_ callback: Callback, _ times: CallbackTime) -> JSONValue {
        ["booked": true, "at": .string(times.text(of: callback.dueAt))]
    }

    private static func words(_ problem: CallbackTime.Problem) -> String {
        switch problem {
        case .unreadable: "at must be a time like 2026-11-22T17:00"
        case .past: "at must lie in the future, at least 10 minutes from now"
        case .tooFar: "at must lie within \(CallbackTime.maxDaysAhead) days"
        case .closed: "nobody works then: choose a time in `open`"
        }
    }
}
