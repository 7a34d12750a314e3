import HTTPTypes
import Hummingbird
import NIOCore

/// All services on one port, told apart by their paths.
struct ServicesRoutes {
    let fake: ServicesFake

    /// The connection is cut on purpose.
    private struct IsCut: Error {}

    func add(to router: Router<BasicRequestContext>) {
        for method in [HTTPRequest.Method.get, .post, .patch, .delete] {
            router.on("**", method: method) { request, _ in try await answer(request) }
        }
    }

    private func answer(_ request: Request) async throws -> Response {
        guard let service = ServiceName(path: request.uri.path) else { return Response(status: .notFound) }
        let body = try await request.body.collect(upTo: 40 * 1024 * 1024)
        var headers: [String: String] = [:]
        for field in request.headers { headers[field.name.canonicalName] = field.value }
        let (reply, fault) = await fake.answer(
            ServiceRequest(
                method: request.method.rawValue, path: request.uri.path,
                query: request.uri.query.map(ServiceRequest.fields) ?? [:], headers: headers,
                body: String(buffer: body)),
            for: service)
        if let fault, fault.delay > 0 { try await Task.sleep(for: .seconds(fault.delay)) }
        return Self.response(reply, isCut: fault?.kind == .cut)
    }

    private static func response(_ reply: ServiceReply, isCut: Bool) -> Response {
        var headers: HTTPFields = [.contentType: reply.type]
        for (name, value) in reply.headers {
            if let name = HTTPField.Name(name) { headers[name] = value }
        }
        let bytes = ByteBuffer(string: reply.body)
        guard isCut else {
            return Response(status: .init(code: reply.status), headers: headers, body: .init(byteBuffer: bytes))
        }
        // It promises more than it says.
        return Response(
            status: .init(code: reply.status), headers: headers,
            body: ResponseBody(contentLength: bytes.readableBytes + 1) { writer in
                try await writer.write(bytes)
                throw IsCut()
            })
    }
}
