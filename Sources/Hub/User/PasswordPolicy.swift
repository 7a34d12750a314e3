import Domain
import Integrations

/// Which passwords people may choose: length counts, not character classes (NIST SP 800-63B §3.1.1.2).
enum PasswordPolicy {
    static let minCharacters = PasswordRule.minCharacters
    static let accepted =
        "\(minCharacters) characters or more, at most \(ScryptPasswordHasher.maxPasswordBytes) bytes, no control characters"

    /// Completes "its value …" or "the password …"; nil for a good one.
    static func problem(of password: String) -> String? {
        if password.count < minCharacters { return "is shorter than \(minCharacters) characters" }
        guard ScryptPasswordHasher.accepts(password) else {
            return "holds a control character or is longer than \(ScryptPasswordHasher.maxPasswordBytes) bytes"
        }
        return nil
    }

    /// 100 random bits in four groups that are easy to read out and to type.
    static func generate(using random: inout some RandomNumberGenerator) -> String {
        let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz")
        let groups = (0..<4).map { _ in
            String((0..<5).map { _ in alphabet[Int.random(in: alphabet.indices, using: &random)] })
        }
        return groups.joined(separator: "-")
    }
}
