/// The offers of a `Sec-WebSocket-Extensions` header (RFC 6455 section 9.1).
struct ExtensionList: Equatable, Sendable {
    struct Offer: Equatable, Sendable {
        let name: String
        let parameters: [Parameter]
    }

    struct Parameter: Equatable, Sendable {
        let name: String
        let value: String?
    }

    let offers: [Offer]

    /// Reads the header's lines in their order; nil when the grammar is broken.
    init?(_ lines: [String]) {
        var offers: [Offer] = []
        for line in lines {
            var scanner = Scanner(rest: Array(line.utf8)[...])
            repeat {
                // RFC 9110 section 5.6.1: a list may have empty elements.
                guard !scanner.isAtEndOfElement else { continue }
                guard let offer = scanner.offer() else { return nil }
                offers.append(offer)
            } while scanner.skip(UInt8(ascii: ","))
            guard scanner.rest.isEmpty else { return nil }
        }
        self.offers = offers
    }

    /// Takes the grammar's pieces off the front of the bytes.
    private struct Scanner {
        var rest: ArraySlice<UInt8>

        var isAtEndOfElement: Bool {
            mutating get {
                self.skipSpace()
                return self.rest.first == nil || self.rest.first == UInt8(ascii: ",")
            }
        }

        mutating func offer() -> Offer? {
            guard let name = self.token() else { return nil }
            var parameters: [Parameter] = []
            while self.skip(UInt8(ascii: ";")) {
                guard let parameter = self.parameter() else { return nil }
                parameters.append(parameter)
            }
            return Offer(name: name, parameters: parameters)
        }

        mutating func parameter() -> Parameter? {
            guard let name = self.token() else { return nil }
            guard self.skip(UInt8(ascii: "=")) else { return Parameter(name: name, value: nil) }
            self.skipSpace()
            let value = self.rest.first == UInt8(ascii: "\"") ? self.quotedToken() : self.token()
            return value.map { Parameter(name: name, value: $0) }
        }

        mutating func token() -> String? {
            self.skipSpace()
            let bytes = self.rest.prefix(while: HTTPGrammar.isTokenByte)
            self.rest.removeFirst(bytes.count)
            return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
        }

        /// A quoted string, whose content must be a token once the escapes are undone.
        mutating func quotedToken() -> String? {
            self.rest.removeFirst()
            var bytes: [UInt8] = []
            while let byte = self.rest.popFirst() {
                switch byte {
                case UInt8(ascii: "\""): return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
                case UInt8(ascii: "\\"):
                    guard let escaped = self.rest.popFirst(), HTTPGrammar.isTokenByte(escaped) else { return nil }
                    bytes.append(escaped)
                default:
                    guard HTTPGrammar.isTokenByte(byte) else { return nil }
                    bytes.append(byte)
                }
            }
            return nil
        }

        mutating func skip(_ byte: UInt8) -> Bool {
            self.skipSpace()
            guard self.rest.first == byte else { return false }
            self.rest.removeFirst()
            return true
        }

        mutating func skipSpace() {
            self.rest = self.rest.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
        }
    }
}
