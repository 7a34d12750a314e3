import Domain
import Integrations

/// Who keeps the keys that wrap data keys.
extension Settings {
    static let keyKeepers: [any AnySetting] = [
        keysProvider, kmsKey, retiredKMSKeys, kmsURL, awsAccessKeyID, awsSecretAccessKey, awsSessionToken,
        transitKey, transitMount, vaultAddress, vaultToken, vaultTokenFile, vaultNamespace, vaultCAFile,
    ]

    static let keysProvider = Setting(
        "KEYS_PROVIDER",
        accepted: KeysProvider.allCases.map(\.rawValue).joined(separator: ", "),
        standard: KeysProvider.local,
        parse: { text throws(SettingProblem) in try SettingParser.choice(text, KeysProvider.init(rawValue:)) }
    )

    // MARK: AWS KMS

    static let kmsKey = Setting<KMSKeyARN?>(
        "AWS_KMS_KEY",
        accepted: KMSKeyARN.accepted,
        standard: nil,
        parse: { text throws(SettingProblem) in try kmsKey(text) }
    )

    /// They open what they sealed, and seal nothing more.
    static let retiredKMSKeys = Setting<[KMSKeyARN]>(
        "AWS_KMS_KEYS_RETIRED",
        accepted: "ARNs of keys with commas between",
        standard: [],
        parse: SettingParser.list(of: kmsKey)
    )

    static let kmsURL = Setting<String?>(
        "AWS_KMS_URL",
        accepted: "the address of AWS KMS, when it is not the one of the key's region",
        standard: nil,
        parse: SettingParser.webAddress
    )

    static let awsAccessKeyID = Setting<String?>(
        "AWS_ACCESS_KEY_ID",
        accepted: "the id of an access key of AWS",
        standard: nil,
        parse: { text throws(SettingProblem) in try SettingParser.word(text) }
    )

    static let awsSecretAccessKey = secretWord("AWS_SECRET_ACCESS_KEY", "the secret of that access key")
    static let awsSessionToken = secretWord("AWS_SESSION_TOKEN", "the session token of a lent access key")

    // MARK: Vault

    static let transitKey = Setting<String?>(
        "VAULT_TRANSIT_KEY",
        accepted: "the name of a key of the transit engine: \(TransitKeyName.accepted)",
        standard: nil,
        parse: { text throws(SettingProblem) in
            guard TransitKeyName(mount: "transit", key: text) != nil else {
                throw SettingProblem("is no name of a key")
            }
            return text
        }
    )

    static let transitMount = Setting(
        "VAULT_TRANSIT_MOUNT",
        accepted: "where the transit engine is mounted: \(TransitKeyName.accepted), with slashes between",
        standard: "transit",
        parse: { text throws(SettingProblem) in
            guard TransitKeyName(mount: text, key: "key") != nil else { throw SettingProblem("is no mount") }
            return text
        }
    )

    static let vaultAddress = Setting<OutboundURL?>(
        "VAULT_ADDR",
        accepted: "the address of Vault or OpenBao, e.g. https://vault.internal:8200",
        standard: nil,
        parse: { text throws(SettingProblem) in
            guard let address = try SettingParser.webAddress(text).flatMap(OutboundURL.init) else {
                throw SettingProblem("is not an http or https address")
            }
            return address
        }
    )

    static let vaultToken = secretWord("VAULT_TOKEN", "a token that may encrypt and decrypt with the key, and read it")

    /// Read for each request, so that an agent beside the hub may renew it.
    static let vaultTokenFile = Setting<String?>(
        "VAULT_TOKEN_FILE",
        accepted: "the path of a file that holds the token, in place of VAULT_TOKEN",
        standard: nil,
        parse: SettingParser.path
    )

    static let vaultNamespace = Setting<String?>(
        "VAULT_NAMESPACE",
        accepted: "the namespace of the transit engine",
        standard: nil,
        parse: { text throws(SettingProblem) in try SettingParser.word(text) }
    )

    static let vaultCAFile = Setting<String?>(
        "VAULT_CACERT",
        accepted: "the path of a certificate in PEM that is trusted beside those of the system",
        standard: nil,
        parse: SettingParser.path
    )

    private static func kmsKey(_ text: String) throws(SettingProblem) -> KMSKeyARN {
        guard let key = KMSKeyARN(text) else { throw SettingProblem("is no ARN of a key") }
        return key
    }

    private static func secretWord(_ name: String, _ accepted: String) -> Setting<SecretText?> {
        Setting(name, accepted: accepted, standard: nil, isSecret: true) { text throws(SettingProblem) in
            SecretText(try SettingParser.word(text))
        }
    }
}
