import Foundation
import Testing

@testable import Integrations

/// The published test vectors of NIST (CAVP, "GCM Test Vectors") as they are, and how to read them.
struct GCMVector: Sendable {
    let key: [UInt8]
    let nonce: [UInt8]
    let data: [UInt8]
    let ciphertext: [UInt8]
    /// Nil when opening must fail.
    let plaintext: [UInt8]?

    static func read(_ name: String) throws -> [GCMVector] {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Vectors")
        let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
        return try text.components(separatedBy: "\n\n").filter { $0.hasPrefix("Count") }.map(GCMVector.init)
    }

    private init(_ text: String) throws {
        var fields: [String: [UInt8]] = [:]
        for line in text.split(separator: "\n") {
            let parts = line.split(separator: "=").map { $0.trimmingCharacters(in: .whitespaces) }
            fields[parts[0]] = parts.count > 1 ? Hex.decode(parts[1]) : []
        }
        key = try #require(fields["Key"])
        nonce = try #require(fields["IV"])
        data = try #require(fields["AAD"])
        let tag = try #require(fields["Tag"])
        ciphertext = try #require(fields["CT"]) + tag
        plaintext = fields["FAIL"] == nil ? fields["PT"] : nil
    }
}
