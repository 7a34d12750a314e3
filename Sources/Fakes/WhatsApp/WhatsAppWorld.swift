/// Everything that Meta knows of one business number: its customers, what was said, files, and rates.
///
/// Decides and remembers; it neither waits nor sends. Times are seconds of one clock that begins in 1970.
struct WhatsAppWorld: Sendable {
    var settings: WhatsAppSettings
    private(set) var customers: [Customer] = []
    /// Both ways, in the order in which Meta got them.
    private(set) var messages: [Message] = []
    /// Customers who were shown that somebody writes to them, in order.
    private(set) var typing: [String] = []
    private(set) var files: [String: File] = [:]
    private var pairs: [String: RateBucket] = [:]
    private var number: RateBucket
    private var made = 0

    struct Message: Sendable, Equatable {
        let id: String
        let customer: String
        let isFromCustomer: Bool
        let body: JSON
        let callbackData: String?
        let at: Double
        /// The statuses that were told, in order; empty for what a customer wrote.
        var statuses: [String] = []
        /// Whether the business marked it as read.
        var isRead = false
    }

    struct File: Sendable, Equatable {
        let type: String
        let bytes: [UInt8]
        /// Keys of its addresses, with the moment they end.
        var addresses: [String: Double] = [:]
    }

    /// What is answered to a send, and what then becomes of the message.
    struct Accepted: Sendable, Equatable {
        let answer: JSON
        let id: String
        let fate: [Status]
    }

    /// A status that is told later; `error` for `failed`.
    struct Status: Sendable, Equatable {
        let name: String
        var error: GraphError?
    }

    init(_ settings: WhatsAppSettings, at now: Double) {
        self.settings = settings
        number = RateBucket(capacity: settings.numberPerSecond, perSecond: settings.numberPerSecond, at: now)
    }

    mutating func makeID(_ prefix: String) -> String {
        made += 1
        return "\(prefix)\(made)"
    }

    // MARK: Customers

    /// Adds a customer, or changes the one who has this id.
    mutating func put(_ customer: Customer) {
        if let place = customers.firstIndex(where: { $0.userID == customer.userID }) {
            customers[place] = customer
        } else {
            customers.append(customer)
        }
    }

    /// Looks somebody up by number, with or without its plus, or by id.
    func customer(_ address: String) -> Customer? {
        let digits = address.filter(\.isNumber)
        return customers.first { $0.userID == address || $0.waID != nil && $0.waID == digits }
    }

    /// A message of a customer: remembers it and returns the `value` of its webhook.
    mutating func receive(_ content: JSON, from address: String, at now: Double) -> JSON? {
        guard var customer = customer(address) else { return nil }
        customer.lastWroteAt = now
        put(customer)
        let id = content["id"]?.string ?? makeID("wamid.FAKEin")
        var message = content.object ?? [:]
        message["id"] = .string(id)
        message["timestamp"] = message["timestamp"] ?? .string(String(Int64(now)))
        message["from"] = customer.waID.map(JSON.string)
        message["from_user_id"] = .string(customer.userID)
        messages.append(
            Message(
                id: id, customer: customer.userID, isFromCustomer: true, body: .object(message), callbackData: nil,
                at: now))
        var value = envelope
        value["contacts"] = [customer.contact]
        value["messages"] = [.object(message)]
        return .object(value)
    }

    /// What every `value` begins with.
    var envelope: [String: JSON] {
        [
            "messaging_product": "whatsapp",
            "metadata": [
                "display_phone_number": .string(settings.displayNumber),
                "phone_number_id": .string(settings.phoneNumberID),
            ],
        ]
    }

    // MARK: Sending

    func checkToken(_ authorization: String?) throws(GraphError) {
        guard authorization == "Bearer \(settings.token)" else { throw .badToken }
        if settings.isTokenExpired { throw .expiredToken }
    }

    func checkNumber(_ id: String) throws(GraphError) {
        guard id == settings.phoneNumberID else { throw .unknownNumber }
    }

    /// Takes a message of the business, as `POST /{phone-number-id}/messages` does.
    mutating func send(_ body: JSON, at now: Double) throws(GraphError) -> Accepted {
        let files = files
        let type = try MessageRules.check(body, media: { files[$0] != nil }, templates: settings.templates)
        guard let address = body["to"]?.string ?? body["recipient"]?.string else { throw .missing("to") }
        guard number.take(at: now) else { throw .numberRate }
        let isID = address.contains(".")
        if !isID, address.filter(\.isNumber) == settings.displayNumber { throw .senderIsRecipient }
        let key = isID ? address : address.filter(\.isNumber)
        var pair =
            pairs[key] ?? RateBucket(capacity: settings.pairBurst, perSecond: settings.pairPerSecond, at: now)
        let isAllowed = pair.take(at: now)
        pairs[key] = pair
        guard isAllowed else { throw .pairRate }

        let recipient = customer(address)
        var fate = self.fate(for: recipient)
        if type != "template", !isOpen(recipient, at: now) {
            guard settings.tellsClosedWindowLater else { throw .windowClosed }
            fate = [Status(name: "failed", error: .windowClosed)]
        }
        // An id in `to` is taken and dropped without a word.
        if body["to"]?.string?.contains(".") == true { fate = [] }
        let id = makeID("wamid.FAKEout")
        messages.append(
            Message(
                id: id, customer: recipient?.userID ?? key, isFromCustomer: false, body: body,
                callbackData: body["biz_opaque_callback_data"]?.string, at: now))
        return Accepted(answer: answer(id, address, recipient, type), id: id, fate: fate)
    }

    private func isOpen(_ customer: Customer?, at now: Double) -> Bool {
        guard let last = customer?.lastWroteAt else { return false }
        return now < last + settings.windowSeconds
    }

    private func fate(for customer: Customer?) -> [Status] {
        guard let customer, customer.isReachable else { return [Status(name: "failed", error: .undeliverable)] }
        var names = ["sent"]
        if !settings.skipsDelivered || !settings.tellsRead { names.append("delivered") }
        if settings.tellsRead { names.append("read") }
        return names.map { Status(name: $0) }
    }

    private func answer(_ id: String, _ address: String, _ customer: Customer?, _ type: String) -> JSON {
        let message: JSON = .members(["id": .string(id), "message_status": type == "template" ? "accepted" : nil])
        let contact: JSON = .members([
            "input": .string(address),
            "wa_id": customer?.waID.map(JSON.string),
            "user_id": customer.map { .string($0.userID) },
        ])
        return ["messaging_product": "whatsapp", "contacts": [contact], "messages": [message]]
    }

    /// Marks a customer's message and all before it as read, as the status `read` of the business does.
    mutating func markRead(_ id: String, isTyping: Bool = false) throws(GraphError) {
        guard let last = messages.firstIndex(where: { $0.id == id && $0.isFromCustomer }) else {
            throw .parameter("message_id: no such message")
        }
        let customer = messages[last].customer
        if isTyping { typing.append(customer) }
        for place in 0...last where messages[place].customer == customer && messages[place].isFromCustomer {
            messages[place].isRead = true
        }
    }

    /// Remembers that a status is told, and returns the `value` of its webhook.
    mutating func tell(_ status: Status, of id: String, at now: Double) -> JSON? {
        guard let place = messages.firstIndex(where: { $0.id == id }) else { return nil }
        messages[place].statuses.append(status.name)
        let message = messages[place]
        let customer = customers.first { $0.userID == message.customer }
        let billed: JSON = [
            "billable": false, "pricing_model": "PMP", "type": "free_customer_service", "category": "service",
        ]
        var value = envelope
        value["statuses"] = [
            .members([
                "id": .string(id),
                "status": .string(status.name),
                "timestamp": .string(String(Int64(now))),
                "recipient_id": customer?.waID.map(JSON.string),
                "recipient_user_id": customer.map { .string($0.userID) },
                "biz_opaque_callback_data": message.callbackData.map(JSON.string),
                "pricing": status.name == "sent" ? billed : nil,
                "errors": status.error.map { [$0.inStatus] },
            ])
        ]
        return .object(value)
    }

    // MARK: Templates

    /// A page of the templates of an account, two at a time so that pages come about.
    func templatePage(of business: String, after cursor: String?) throws(GraphError) -> JSON {
        guard business == settings.businessID else { throw .unknownNumber }
        let entries = settings.templates.sorted { $0.key < $1.key } + [("rejected/ar", 0)]
        let start = cursor.flatMap { Int($0) } ?? 0
        let page = entries.dropFirst(start).prefix(2)
        let end = start + page.count
        let cursors: JSON = ["before": .string(String(start)), "after": .string(String(end))]
        return [
            "data": .array(page.map { Self.template($0.key, parameters: $0.value) }),
            "paging": .members([
                "cursors": cursors, "next": end < entries.count ? .string("https://graph.facebook.com/next") : nil,
            ]),
        ]
    }

    private static func template(_ key: String, parameters: Int) -> JSON {
        let parts = key.split(separator: "/").map(String.init)
        let places = (0..<parameters).map { "{{\($0 + 1)}}" }.joined(separator: " ")
        return [
            "id": .string(key), "name": .string(parts[0]), "language": .string(parts[1]), "category": "UTILITY",
            "status": parts[0] == "rejected" ? "REJECTED" : "APPROVED",
            "components": [["type": "BODY", "text": .string("مرحبا \(places)")]],
        ]
    }

    // MARK: Files

    mutating func keep(_ file: File) -> String {
        let id = makeID("90000000000")
        files[id] = file
        return id
    }

    /// A new address of a file; `key` is what is secret in it.
    mutating func addAddress(_ key: String, of id: String, at now: Double) throws(GraphError) -> File {
        guard var file = files[id] else { throw .unknownNumber }
        file.addresses[key] = now + settings.mediaURLSeconds
        files[id] = file
        return file
    }

    /// The file behind an address; nil when the address ended.
    func file(_ id: String, behind key: String, at now: Double) -> File? {
        guard let file = files[id], let end = file.addresses[key], now < end else { return nil }
        return file
    }

    /// Returns whether it was there.
    mutating func removeFile(_ id: String) -> Bool {
        files.removeValue(forKey: id) != nil
    }
}
