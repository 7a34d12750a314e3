import Domain

/// The bodies of requests to the Graph API.
enum WhatsAppRequest {
    /// - Parameters:
    ///   - target: The message at WhatsApp that this one answers or reacts to.
    ///   - callback: Comes back in every report; at most 512 characters.
    static func message(
        _ message: OutboundMessage,
        to recipient: WhatsAppRecipient,
        target: String?,
        callback: String
    ) -> JSONValue {
        var members = message.json.object ?? [:]
        members["messaging_product"] = "whatsapp"
        members["recipient_type"] = "individual"
        members[recipient.member.name] = recipient.member.value
        members["biz_opaque_callback_data"] = .string(callback)
        guard let target else { return .object(members) }
        switch message {
        case .reaction:
            var reaction = members["reaction"]?.object ?? [:]
            reaction["message_id"] = .string(target)
            members["reaction"] = .object(reaction)
        case .text, .media, .location, .contacts, .buttons, .list, .link, .template:
            members["context"] = ["message_id": .string(target)]
        }
        return .object(members)
    }

    /// Marks a customer's message, and all before it, as read; with the sign that somebody is writing.
    static func read(_ message: String, isTyping: Bool) -> JSONValue {
        var members: [String: JSONValue] = [
            "messaging_product": "whatsapp", "status": "read", "message_id": .string(message),
        ]
        if isTyping { members["typing_indicator"] = ["type": "text"] }
        return .object(members)
    }
}
