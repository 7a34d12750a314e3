import Crypto
package import Domain

/// Links to conversations, sealed with HMAC-SHA256: `VISITOR.EXPIRY.SEAL`, made of letters that any address takes.
package struct ContinuationSeal: ContinuationTokens {
    private let key: SymmetricKey

    package init(secret: MasterSecret) {
        key = secret.key(for: .continuation)
    }

    package func make(for visitor: Visitor, until expiry: Timestamp) -> String? {
        guard let sealed = Self.sealed(visitor, expiry.milliseconds) else { return nil }
        let seal = HMAC<SHA256>.authenticationCode(for: sealed, using: key)
        return "\(visitor.id).\(expiry.milliseconds).\(seal.withUnsafeBytes { Base64URL.encode($0) })"
    }

    package func visitor(namedBy token: String) -> VisitorID? { Parts(token)?.visitor }

    package func isGood(_ token: String, for visitor: Visitor, at now: Timestamp) -> Bool {
        guard let parts = Parts(token), parts.visitor == visitor.id,
            let sealed = Self.sealed(visitor, parts.expiry),
            HMAC<SHA256>.isValidAuthenticationCode(parts.seal, authenticating: sealed, using: key)
        else { return false }
        return now.milliseconds < parts.expiry
    }

    /// No part but the last can hold a line end.
    private static func sealed(_ visitor: Visitor, _ expiry: Int64) -> [UInt8]? {
        guard let address = visitor.profile.email else { return nil }
        return Array("\(visitor.id)\n\(visitor.room)\n\(expiry)\n\(address)".utf8)
    }

    private struct Parts {
        let visitor: VisitorID
        let expiry: Int64
        let seal: [UInt8]

        init?(_ token: String) {
            let parts = token.split(separator: ".", omittingEmptySubsequences: false)
            guard parts.count == 3, let visitor = VisitorID(String(parts[0])), let expiry = Int64(parts[1]),
                String(expiry) == parts[1], let seal = Base64URL.decode(parts[2])
            else { return nil }
            self.visitor = visitor
            self.expiry = expiry
            self.seal = seal
        }
    }
}

extension ContinuationSeal: CustomStringConvertible, CustomReflectable {
    package var description: String { "ContinuationSeal" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
