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
        let json: JSONValue
        do throws(JSONParseError) {
            json = try JSONParser.parse(text, acceptsNUL: false)
        } catch {
            throw HubError.badRequest(error.description)
        }
        guard case .object(let members) = json else { throw HubError.badRequest("send one JSON object") }
        return ObjectReader(members: members)
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
