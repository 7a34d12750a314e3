/// Reads one `change` of a webhook: one field of one account.
struct WhatsAppChange {
    private let value: JSONValue
    private let field: String
    private let account: String
    private let source: WhatsAppSource
    private let receivedAt: Timestamp

    init(_ change: JSONValue, of entry: JSONValue, in delivery: JSONValue, receivedAt: Timestamp) {
        value = change["value"] ?? .object([:])
        field = change["field"]?.string ?? ""
        account = entry["id"]?.looseText ?? ""
        source = WhatsAppSource(object: delivery["object"], account: entry["id"], field: change["field"])
        self.receivedAt = receivedAt
    }

    var items: [WhatsAppItem] {
        switch field {
        case "messages": read([("messages", message), ("statuses", status), ("errors", problem)])
        case "smb_message_echoes": read([("message_echoes", echo), ("errors", problem)])
        case "user_preferences": read([("user_preferences", preference), ("errors", problem)])
        // Whatever else Meta tells of an account is written down as it came.
        default: [notice]
        }
    }

    private typealias Reader = (JSONValue) -> WhatsAppItem.Content

    /// One item for each element of each list; a value without any of these lists is told as it came.
    private func read(_ lists: [(name: String, reader: Reader)]) -> [WhatsAppItem] {
        var items: [WhatsAppItem] = []
        var isKnown = false
        for (name, reader) in lists {
            guard let list = value[name] else { continue }
            isKnown = true
            guard let elements = list.array else {
                items.append(WhatsAppItem(content: .broken("\(name) is no list"), source: only(name, list)))
                continue
            }
            for element in elements {
                items.append(WhatsAppItem(content: reader(element), source: only(name, .array([element]))))
            }
        }
        return isKnown ? items : [notice]
    }

    /// The delivery with this list alone.
    private func only(_ name: String, _ list: JSONValue) -> JSONValue {
        var members: [String: JSONValue] = [name: list]
        for kept in ["messaging_product", "metadata", "contacts"] { members[kept] = value[kept] }
        return source.value(.object(members))
    }

    private var number: String? { value["metadata"]?["phone_number_id"]?.looseText }

    // MARK: Elements

    private func message(_ json: JSONValue) -> WhatsAppItem.Content {
        let person = person(phone: json["from"]?.looseText, userID: json["from_user_id"]?.looseText)
        return message(json, person: person, isEcho: false)
    }

    private func echo(_ json: JSONValue) -> WhatsAppItem.Content {
        let person = person(phone: json["to"]?.looseText, userID: json["to_user_id"]?.looseText)
        return message(json, person: person, isEcho: true)
    }

    private func message(_ json: JSONValue, person: WhatsAppPerson?, isEcho: Bool) -> WhatsAppItem.Content {
        guard let number else { return .broken("the message does not say which number of ours it is for") }
        guard let id = json["id"]?.string, !id.isEmpty else { return .broken("the message has no id") }
        guard let person else { return .broken("the message does not say who it is from") }
        return .message(
            WhatsAppMessage(
                number: number,
                id: id,
                person: person,
                sentAt: json["timestamp"]?.unixSeconds ?? receivedAt,
                content: WhatsAppContent(reading: json),
                context: WhatsAppContext(reading: json),
                isEcho: isEcho
            ))
    }

    private func status(_ json: JSONValue) -> WhatsAppItem.Content {
        guard let number else { return .broken("the status does not say which number of ours it is for") }
        guard let id = json["id"]?.string, !id.isEmpty else { return .broken("the status has no message id") }
        guard let state = json["status"]?.string.flatMap(MessageStatus.init(whatsApp:)) else {
            return .broken("the status is of a kind that is not known")
        }
        return .status(
            WhatsAppStatus(
                number: number,
                id: id,
                state: state,
                at: json["timestamp"]?.unixSeconds ?? receivedAt,
                person: person(
                    phone: json["recipient_id"]?.looseText, userID: json["recipient_user_id"]?.looseText),
                callback: json["biz_opaque_callback_data"]?.string,
                problem: json["errors"]?.array?.first.map(WhatsAppProblem.init(reading:))
            ))
    }

    private func preference(_ json: JSONValue) -> WhatsAppItem.Content {
        guard let number else { return .broken("the preference does not say which number of ours it is for") }
        guard let person = person(phone: json["wa_id"]?.looseText, userID: json["user_id"]?.looseText) else {
            return .broken("the preference does not say whose it is")
        }
        guard let wish = json["value"]?.string, ["stop", "resume"].contains(wish) else {
            return .broken("the preference is neither stop nor resume")
        }
        return .preference(
            WhatsAppPreference(
                number: number,
                person: person,
                at: json["timestamp"]?.unixSeconds ?? receivedAt,
                category: json["category"]?.string ?? "",
                isStop: wish == "stop"
            ))
    }

    private func problem(_ json: JSONValue) -> WhatsAppItem.Content {
        .notice(WhatsAppNotice(field: "errors", account: account, value: json))
    }

    private var notice: WhatsAppItem {
        WhatsAppItem(
            content: .notice(WhatsAppNotice(field: field, account: account, value: value)),
            source: source.value(value)
        )
    }

    // MARK: People

    /// With what the list of contacts adds: the name, and the parts that the element leaves out.
    private func person(phone: String?, userID: String?) -> WhatsAppPerson? {
        let contacts = value["contacts"]?.array ?? []
        let match = contacts.first { contact in
            (userID != nil && contact["user_id"]?.looseText == userID)
                || (phone != nil && contact["wa_id"]?.looseText == phone)
        }
        // A single contact is the sender's, also when the number in it is spelt in another way.
        let contact = match ?? (contacts.count == 1 && phone == nil && userID == nil ? contacts[0] : nil)
        return WhatsAppPerson(
            userID: userID ?? contact?["user_id"]?.looseText,
            parentUserID: contact?["parent_user_id"]?.looseText,
            phone: phone ?? contact?["wa_id"]?.looseText,
            name: contact?["profile"]?["name"]?.string,
            username: contact?["profile"]?["username"]?.string
        )
    }
}
