import Crypto
import Domain
import Foundation

/// Signs requests as AWS wants it: Signature Version 4 (IAM User Guide, "Create a signed AWS API request").
///
/// All of it is a function of its arguments, so that the published examples can be followed to the letter.
struct AWSSignature {
    /// What is signed.
    struct Request {
        var method = "POST"
        /// As it is sent; at least a slash. Of a service other than S3 the path is escaped a second time.
        var path = "/"
        /// Names and values as they are, not escaped.
        var query: [(name: String, value: String)] = []
        /// All that are signed, with `host`.
        var headers: [(name: String, value: String)]
        var body: [UInt8] = []
    }

    static let algorithm = "AWS4-HMAC-SHA256"

    let credentials: AWSCredentials
    let region: String
    let service: String

    /// The headers to send beside those of the request: date, session token and signature.
    func headers(for request: Request, at moment: Timestamp) -> [(name: String, value: String)] {
        let date = Self.date(moment)
        var added = [(name: "X-Amz-Date", value: date)]
        if let token = credentials.sessionToken { added.append((name: "X-Amz-Security-Token", value: token)) }
        var signed = request
        signed.headers += added
        let text = canonical(signed)
        let names = Self.sorted(signed.headers).map(\.name).joined(separator: ";")
        let value = """
            \(Self.algorithm) Credential=\(credentials.accessKeyID)/\(scope(date)), SignedHeaders=\(names), \
            Signature=\(signature(of: stringToSign(text, date), date))
            """
        return added + [(name: "Authorization", value: value)]
    }

    func canonical(_ request: Request) -> String {
        let headers = Self.sorted(request.headers)
        let query = request.query.map { (Self.escaped($0.name), Self.escaped($0.value)) }.sorted { $0 < $1 }
        return [
            request.method, Self.escaped(request.path, except: "/"),
            query.map { "\($0)=\($1)" }.joined(separator: "&"),
            headers.map { "\($0.name):\($0.value)\n" }.joined(),
            headers.map(\.name).joined(separator: ";"), Hex.encode(SHA256.hash(data: request.body)),
        ].joined(separator: "\n")
    }

    func stringToSign(_ canonical: String, _ date: String) -> String {
        [Self.algorithm, date, scope(date), Hex.encode(SHA256.hash(data: Array(canonical.utf8)))]
            .joined(separator: "\n")
    }

    /// `20150830T123600Z`
    static func date(_ moment: Timestamp) -> String {
        let parts = moment.rfc3339.prefix(19)
        return parts.filter { $0 != "-" && $0 != ":" } + "Z"
    }

    private func scope(_ date: String) -> String { "\(date.prefix(8))/\(region)/\(service)/aws4_request" }

    private func signature(of text: String, _ date: String) -> String {
        var key = SymmetricKey(data: Array("AWS4\(credentials.secretAccessKey)".utf8))
        for part in [String(date.prefix(8)), region, service, "aws4_request"] { key = Self.derived(key, part) }
        return Hex.encode(HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: key))
    }

    private static func derived(_ key: SymmetricKey, _ part: String) -> SymmetricKey {
        SymmetricKey(data: Array(HMAC<SHA256>.authenticationCode(for: Array(part.utf8), using: key)))
    }

    /// In small letters and in order; runs of spaces count as one, and those around a value as none.
    private static func sorted(_ headers: [(name: String, value: String)]) -> [(name: String, value: String)] {
        let plain = headers.map { header in
            (header.name.lowercased(), header.value.split(separator: " ").joined(separator: " "))
        }
        return plain.sorted { $0.0 < $1.0 }.map { (name: $0.0, value: $0.1) }
    }

    /// Everything but letters, digits and `-._~` (RFC 3986 section 2.3).
    private static func escaped(_ text: String, except more: String = "") -> String {
        var escaped = ""
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                escaped.unicodeScalars.append(Unicode.Scalar(byte))
            case _ where more.utf8.contains(byte): escaped.unicodeScalars.append(Unicode.Scalar(byte))
            default: escaped += "%" + Hex.encode([byte]).uppercased()
            }
        }
        return escaped
    }
}
