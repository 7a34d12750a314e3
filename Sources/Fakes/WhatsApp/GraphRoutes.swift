import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// The part of the Graph API that a hub uses.
struct GraphRoutes {
    let fake: WhatsAppFake
    /// Where files are downloaded from: this server, as its clients see it.
    let origin: String

    func add(to router: Router<BasicRequestContext>) {
        router.post("/{version}/{object}/messages") { request, context in
            try await answer("messages", request) {
                try await checkNumber(context)
                return try await take(try await Self.json(request))
            }
        }
        router.post("/{version}/{object}/media") { request, context in
            try await answer("media", request) {
                try await checkNumber(context)
                return try await upload(request)
            }
        }
        router.get("/{version}/{object}") { request, context in
            let id = try context.parameters.require("object")
            let number = await fake.world.settings.phoneNumberID
            return try await answer(id == number ? "number" : "media", request) {
                try await describe(id)
            }
        }
        router.get("/{version}/{object}/message_templates") { request, context in
            let id = try context.parameters.require("object")
            let after = request.uri.queryParameters["after"].map(String.init)
            return try await answer("templates", request) {
                try await fake.world.templatePage(of: id, after: after)
            }
        }
        router.delete("/{version}/{object}") { request, context in
            let id = try context.parameters.require("object")
            return try await answer("media", request) {
                guard await fake.change({ $0.removeFile(id) }) else { throw GraphError.unknownNumber }
                return ["success": true]
            }
        }
        router.get("/files/{file}/{key}") { request, context in
            try await download(request, context)
        }
    }

    // MARK: Messages

    private func checkNumber(_ context: BasicRequestContext) async throws {
        try await fake.world.checkNumber(context.parameters.require("object"))
    }

    private func take(_ body: JSON) async throws -> JSON {
        guard body["status"] == "read" else { return try await fake.send(body) }
        guard let id = body["message_id"]?.string else { throw GraphError.missing("message_id") }
        try await fake.change { try $0.markRead(id, isTyping: body["typing_indicator"]?["type"] == "text") }
        return ["success": true]
    }

    // MARK: Files and the number

    private func upload(_ request: Request) async throws -> JSON {
        let type = request.headers[.contentType] ?? ""
        let body = try await request.body.collect(upTo: 110 * 1024 * 1024)
        guard let form = MultipartForm(type: type, body: Array(body.readableBytesView)) else {
            throw GraphError.parameter("this is no multipart form")
        }
        guard form.text("messaging_product") == "whatsapp" else { throw GraphError.missing("messaging_product") }
        guard let type = form.text("type") else { throw GraphError.missing("type") }
        guard let bytes = form.bytes("file") else { throw GraphError.missing("file") }
        let id = await fake.change { $0.keep(.init(type: type, bytes: bytes)) }
        return ["id": .string(id)]
    }

    private func describe(_ id: String) async throws -> JSON {
        let settings = await fake.world.settings
        if id == settings.phoneNumberID {
            return [
                "id": .string(id), "display_phone_number": .string("+" + settings.displayNumber),
                "verified_name": .string(settings.verifiedName), "quality_rating": .string(settings.quality),
            ]
        }
        let key = UUID().uuidString
        let file = try await fake.change { try $0.addAddress(key, of: id, at: WhatsAppFake.now) }
        return [
            "messaging_product": "whatsapp", "id": .string(id), "mime_type": .string(file.type),
            "sha256": .string(Hex.text(SHA256.hash(data: file.bytes))),
            "file_size": .string(String(file.bytes.count)), "url": .string("\(origin)/files/\(id)/\(key)"),
        ]
    }

    private func download(_ request: Request, _ context: BasicRequestContext) async throws -> Response {
        guard (try? await fake.world.checkToken(request.headers[.authorization])) != nil else {
            return Response(status: .unauthorized)
        }
        let fault = await fake.nextFault(in: "download")
        if let fault, let early = try await meet(fault) { return early }
        let (id, key) = (try context.parameters.require("file"), try context.parameters.require("key"))
        guard let file = await fake.world.file(id, behind: key, at: WhatsAppFake.now) else {
            return Response(status: .notFound)
        }
        return Response(
            status: .ok, headers: [.contentType: file.type], body: .init(byteBuffer: ByteBuffer(bytes: file.bytes)))
    }

    // MARK: Answers

    /// Checks the token, lets a fault happen, and answers with what `body` returns or throws.
    private func answer(
        _ part: String,
        _ request: Request,
        _ body: () async throws -> JSON
    ) async throws -> Response {
        let version = await fake.world.settings.apiVersion
        do {
            try await fake.world.checkToken(request.headers[.authorization])
            let fault = await fake.nextFault(in: part)
            if let fault, let early = try await meet(fault) { return early }
            let value = try await body()
            switch fault?.kind {
            case .hang(let seconds)?: try await Task.sleep(for: .seconds(seconds))
            case .lostAnswer?: return Response(status: .badGateway)
            case .error?, .status?, nil: break
            }
            return .json(value, version)
        } catch let error as GraphError {
            return .json(error.json, version, status: error.status)
        }
    }

    /// The answer to a request that is not carried out; nil when it is.
    private func meet(_ fault: Fault) async throws -> Response? {
        switch fault.kind {
        case .error(let error):
            if fault.delay > 0 { try await Task.sleep(for: .seconds(fault.delay)) }
            let version = await fake.world.settings.apiVersion
            return .json(error.json, version, status: error.status, retryAfter: fault.retryAfter)
        case .status(let status):
            return Response(
                status: .init(code: status), headers: [.contentType: "text/html"],
                body: .init(byteBuffer: ByteBuffer(string: "<html>it is broken</html>")))
        case .hang, .lostAnswer:
            return nil
        }
    }

    static func json(_ request: Request) async throws -> JSON {
        let body = try await request.body.collect(upTo: 4 * 1024 * 1024)
        guard let value = try? JSON.parse(Data(body.readableBytesView)) else {
            throw GraphError.parameter("the body is no JSON")
        }
        return value
    }
}

extension Response {
    static func json(_ value: JSON, _ version: String? = nil, status: Int = 200, retryAfter: Int? = nil) -> Response {
        var headers: HTTPFields = [.contentType: "application/json; charset=UTF-8"]
        if let version, let name = HTTPField.Name("facebook-api-version") { headers[name] = version }
        if let trace = HTTPField.Name("x-fb-trace-id") { headers[trace] = "AfakeTraceOfNothing" }
        if let retryAfter { headers[.retryAfter] = String(retryAfter) }
        return Response(
            status: .init(code: status), headers: headers,
            body: .init(byteBuffer: ByteBuffer(string: value.escaped)))
    }
}
