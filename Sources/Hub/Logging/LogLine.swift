import Domain
import Logging

/// One entry of the log as bytes: pure, so that what a log shows can be tested.
struct LogLine {
    let at: Timestamp
    let level: Logger.Level
    let label: String
    let message: String
    let metadata: Logger.Metadata

    /// Without the line break; whatever is logged, it stays one line.
    func text(_ format: LogFormat) -> String {
        switch format {
        case .text: plain
        case .json: json
        }
    }

    // MARK: Secrets

    /// A key that ends so names a secret. Nobody should log one; this is the net below.
    private static let secretKeys = ["password", "token", "secret", "authorization", "cookie", "signature", "apikey"]

    private static func isSecret(_ key: String) -> Bool {
        let plain = key.lowercased().filter { $0 != "_" && $0 != "-" }
        return secretKeys.contains { plain.hasSuffix($0) }
    }

    // MARK: Text

    private var plain: String {
        let level = level.rawValue.padded(to: 8)
        let pairs = metadata.sorted { $0.key < $1.key }.map { key, value in
            " \(Self.escaped(key))=\(Self.isSecret(key) ? "<secret>" : Self.quoted(value.description))"
        }
        return "\(at.rfc3339) \(level) \(label): \(Self.escaped(message))\(pairs.joined())"
    }

    private static func quoted(_ value: String) -> String {
        let needsQuotes = value.isEmpty || value.unicodeScalars.contains { $0 == " " || $0 == "\"" || $0 == "=" }
        let safe = escaped(value)
        return needsQuotes
            ? "\""
                + safe.split(separator: "\"", omittingEmptySubsequences: false)
                .joined(separator: "\\\"") + "\"" : safe
    }

    /// Controls and line separators become `\u{…}`, so that no value can pretend to be another line.
    private static func escaped(_ text: String) -> String {
        var safe = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator:
                safe.append(contentsOf: "\\u{\(String(scalar.value, radix: 16))}".unicodeScalars)
            default:
                safe.append(scalar)
            }
        }
        return String(safe)
    }

    // MARK: JSON

    private var json: String {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("time")
        writer.string(at.rfc3339)
        writer.key("level")
        writer.string(level.rawValue)
        writer.key("label")
        writer.string(label)
        writer.key("message")
        writer.string(message)
        if !metadata.isEmpty {
            writer.key("metadata")
            writer.value(Self.json(.dictionary(metadata)))
        }
        writer.endObject()
        return writer.text
    }

    private static func json(_ value: Logger.MetadataValue) -> JSONValue {
        switch value {
        case .string(let text): return .string(text)
        case .stringConvertible(let convertible): return .string(convertible.description)
        case .array(let values): return .array(values.map(json))
        case .dictionary(let values):
            return .object(
                Dictionary(
                    uniqueKeysWithValues: values.map { key, value in
                        (key, isSecret(key) ? .string("<secret>") : json(value))
                    }
                )
            )
        }
    }
}

extension String {
    /// With spaces at the end up to `width` characters.
    func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - count))
    }
}
