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
        let bytes = try await body(upTo: maxBytes)
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

    /// A client that goes away in the middle is no fault of the hub, and nothing for its log.
    private func body(upTo maxBytes: Int) async throws -> ByteBuffer {
        var request = self
        do {
            return try await request.collectBody(upTo: maxBytes)
        } catch let error as any HTTPResponseError {
            throw error
        } catch {
            throw HubError.badRequest("the request ended before its body did")
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
