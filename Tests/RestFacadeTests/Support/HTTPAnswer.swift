import Domain
import HTTPTypes
import Testing

/// A whole answer.
struct HTTPAnswer: Sendable {
    let head: HTTPResponse
    let body: [UInt8]

    var status: Int { head.status.code }

    func header(_ name: String) -> String? {
        HTTPField.Name(name).flatMap { head.headerFields[$0] }
    }

    func json() throws -> JSONValue {
        try JSONParser.parse(String(decoding: body, as: UTF8.self), maxDepth: 16)
    }

    /// The string member of the document.
    func text(_ member: String) throws -> String {
        try #require(try json()[member]?.string, "no \(member) in \(status) \(String(decoding: body, as: UTF8.self))")
    }

    func number(_ member: String) throws -> Int64 {
        try #require(try json()[member]?.integer)
    }

    func list(_ member: String) throws -> [JSONValue] {
        try #require(try json()[member]?.array)
    }

    /// Expects a problem document of RFC 9457 with this status and code.
    func expectProblem(
        _ status: Int,
        _ code: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        #expect(self.status == status, sourceLocation: sourceLocation)
        #expect(header("Content-Type") == "application/problem+json", sourceLocation: sourceLocation)
        let document = try json()
        #expect(document["status"]?.integer == Int64(status), sourceLocation: sourceLocation)
        #expect(document["code"]?.string == code, sourceLocation: sourceLocation)
        #expect(document["type"]?.string == "about:blank", sourceLocation: sourceLocation)
        #expect(document["title"]?.string?.isEmpty == false, sourceLocation: sourceLocation)
        #expect(document["detail"]?.string?.isEmpty == false, sourceLocation: sourceLocation)
    }
}
