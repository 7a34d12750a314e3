/// What deliveries to an endpoint are signed with: `whsec_` and 24 to 64 random bytes in base64 (Standard Webhooks).
package struct HookSecret: Sendable, Equatable {
    package static let lengths = 24...64
    private static let usualLength = 32
    private static let prefix = "whsec_"

    /// The key of the signature.
    package let bytes: [UInt8]

    /// 32 random bytes.
    package static func make() -> HookSecret {
        var random = SystemRandomNumberGenerator()
        return HookSecret((0..<usualLength).map { _ in UInt8.random(in: .min ... .max, using: &random) })
    }

    private init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Nil for what `text` did not give.
    package init?(_ text: String) {
        guard text.hasPrefix(Self.prefix) else { return nil }
        let plain = text.dropFirst(Self.prefix.count).filter { $0 != "=" }.map { character -> Character in
            switch character {
            case "+": "-"
            case "/": "_"
            default: character
            }
        }
        guard let bytes = Base64URL.decode(String(plain)), Self.lengths.contains(bytes.count) else { return nil }
        self.bytes = bytes
    }

    /// What its owner keeps.
    package var text: String {
        let plain = Base64URL.encode(bytes).map { character -> Character in
            switch character {
            case "-": "+"
            case "_": "/"
            default: character
            }
        }
        return Self.prefix + String(plain) + String(repeating: "=", count: (4 - plain.count % 4) % 4)
    }
}

extension HookSecret: CustomStringConvertible, CustomReflectable {
    package var description: String { "<secret>" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}

/// A secret as it is stored.
package struct KeptHookSecret: Sendable, Equatable {
    package let id: HookSecretID
    package let sealed: SealedSecret

    package init(id: HookSecretID, sealed: SealedSecret) {
        self.id = id
        self.sealed = sealed
    }

    package static func place(of id: HookSecretID) -> SecretPlace {
        SecretPlace(table: "hook_secrets", record: id.text, field: "sealed")
    }
}
