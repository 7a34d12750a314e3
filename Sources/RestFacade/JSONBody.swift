import Domain
import HTTPTypes
import Hummingbird
import NIOCore
import Wire

/// JSON in and out of requests.
extension Request {
    /// The one JSON object of the body. Throws `Problem` 415, 413 or 400.
    func jsonObject(maxBytes: Int) async throws -> ObjectReader {
        let type = headers[.contentType]?.prefix { $0 != ";" }.lowercased()
        guard type?.filter({ !$0.isWhitespace }) == "application/json" else {
            throw Problem(.unsupportedMediaType, code: "bad_request", detail: "send application/json")
        }
        var request = self
        let bytes = try await request.collectBody(upTo: maxBytes)
        let text = String(decoding: bytes.readableBytesView, as: UTF8.self)
        guard text.utf8.elementsEqual(bytes.readableBytesView) else { throw HubError.badRequest("send UTF-8") }
        do throws(JSONParseError) {
            guard case .object(let members) = try JSONParser.parse(text) else {
                throw JSONParseError(reason: .unexpectedByte, offset: 0)
            }
            return ObjectReader(members: members)
        } catch {
            throw HubError.badRequest("\(error): send one JSON object")
        }
    }
}

extension Response {
    /// A JSON document that `write` makes.
    static func json(
        _ status: HTTPResponse.Status = .ok,
        _ write: (inout JSONWriter) -> Void
    ) -> Response {
        Response(
            status: status,
            headers: [.contentType: "application/json; charset=utf-8"],
            body: ResponseBody(byteBuffer: .json(write))
        )
    }
}
