/// Negotiates permessage-deflate: the first offer that the hub can keep wins (RFC 7692 section 7.1).
package enum DeflateExtension {
    private static let name = "permessage-deflate"

    /// Answers the lines of a request's `Sec-WebSocket-Extensions`; nil means to go without compression.
    ///
    /// An offer with an unknown, repeated or wrong parameter is declined and the next one looked at. A header that
    /// breaks the grammar declines everything.
    package static func negotiate(_ lines: [String], policy: DeflatePolicy) -> DeflateParameters? {
        guard policy.isEnabled, let list = ExtensionList(lines) else { return nil }
        for offer in list.offers where offer.name == Self.name {
            if let wishes = Wishes(offer), let parameters = Self.answer(wishes, policy: policy) { return parameters }
        }
        return nil
    }

    private static func answer(_ wishes: Wishes, policy: DeflatePolicy) -> DeflateParameters? {
        // zlib makes no raw stream with a window of 8 bits: the promise could not be kept.
        if wishes.serverMaxWindowBits == 8 { return nil }

        let serverForgets = wishes.serverNoContextTakeover || !policy.allowsServerContextTakeover
        let serverBits = wishes.serverMaxWindowBits.map { serverForgets ? $0 : min($0, policy.serverMaxWindowBits) }

        // Only a client that says it can may be asked to limit its window (section 7.1.2.2).
        let windowIsBounded = wishes.canLimitClientWindow || policy.clientMaxWindowBits == 15
        let clientForgets =
            wishes.clientNoContextTakeover || !policy.allowsClientContextTakeover || !windowIsBounded
        var clientBits: Int?
        if !clientForgets && wishes.canLimitClientWindow {
            clientBits = min(wishes.clientMaxWindowBits ?? 15, policy.clientMaxWindowBits)
        }
        return DeflateParameters(
            serverNoContextTakeover: serverForgets,
            clientNoContextTakeover: clientForgets,
            serverMaxWindowBits: serverBits,
            clientMaxWindowBits: clientBits
        )
    }

    /// The four parameters of one offer, checked.
    private struct Wishes {
        var serverNoContextTakeover = false
        var clientNoContextTakeover = false
        var serverMaxWindowBits: Int?
        var canLimitClientWindow = false
        var clientMaxWindowBits: Int?

        init?(_ offer: ExtensionList.Offer) {
            var seen: Set<String> = []
            for parameter in offer.parameters {
                guard seen.insert(parameter.name).inserted, self.take(parameter) else { return nil }
            }
        }

        private mutating func take(_ parameter: ExtensionList.Parameter) -> Bool {
            switch (parameter.name, parameter.value) {
            case ("server_no_context_takeover", nil): self.serverNoContextTakeover = true
            case ("client_no_context_takeover", nil): self.clientNoContextTakeover = true
            case ("server_max_window_bits", .some(let value)):
                guard let bits = Self.windowBits(value) else { return false }
                self.serverMaxWindowBits = bits
            case ("client_max_window_bits", nil): self.canLimitClientWindow = true
            case ("client_max_window_bits", .some(let value)):
                guard let bits = Self.windowBits(value) else { return false }
                self.canLimitClientWindow = true
                self.clientMaxWindowBits = bits
            default: return false
            }
            return true
        }

        /// A decimal number from 8 to 15 without leading zeros.
        private static func windowBits(_ value: String) -> Int? {
            switch value {
            case "8": 8
            case "9": 9
            case "10": 10
            case "11": 11
            case "12": 12
            case "13": 13
            case "14": 14
            case "15": 15
            default: nil
            }
        }
    }
}
