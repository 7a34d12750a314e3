import Domain
import HTTPTypes
import Hummingbird
import NIOCore
import Wire

/// JSON in and out of requests.
extension Request {
    /// The one JSON object of the body. Throws `Problem` 415, 413 or 400.
    func jsonObject(maxBytes: Int) async throws -> ObjectReader {
        guard case .object(let members) = try await json(maxBytes: maxBytes).value else {
            throw HubError.badRequest("send one JSON object")
        }
        return ObjectReader(members: members)
    }

    /// The JSON document of the body, and its bytes. Throws `Problem` 415, 413 or 400.
    func json(
        of types: [String] = ["application/json"],
        maxBytes: Int
    ) async throws -> (value: JSONValue, bytes: ByteBufferView) {
        let type = headers[.contentType]?.prefix { $0 != ";" }.lowercased()
        guard let type, types.contains(type.filter { !$0.isWhitespace }) else {
            let accepted = types.joined(separator: " or ")
            throw Problem(.unsupportedMediaType, code: "bad_request", detail: "send \(accepted)")
        }
        let bytes = try await body(upTo: maxBytes).readableBytesView
        guard let text = String(validating: bytes, as: UTF8.self) else { throw HubError.badRequest("send UTF-8") }
        do throws(JSONParseError) {
            return (try JSONParser.parse(text, acceptsNUL: false), bytes)
        } catch {
            throw HubError.badRequest(error.description)
        }
    }

    /// The bytes of the body, whatever they are. Throws 413 or 400.
    func bytes(upTo maxBytes: Int) async throws -> [UInt8] {
        Array(try await body(upTo: maxBytes).readableBytesView)
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
