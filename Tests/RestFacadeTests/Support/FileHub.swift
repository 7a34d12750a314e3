import Domain
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import Storage
import Testing

@testable import RestFacade

/// The attachments of a hub over SQLite and a folder of blobs, live on a port.
struct FileHub {
    static let moment = Timestamp(milliseconds: 1_790_000_000_000)

    let port: Int
    let stores: StoreSet
    let blobFolder: URL

    static func with(
        _ limits: AttachmentLimits = .but { _ in },
        _ body: (FileHub) async throws -> Void
    ) async throws {
        try await TemporaryFolder.with { folder in
            let logger = Logger(label: "file-hub") { _ in SwiftLogNoOpLogHandler() }
            let stores = try await Stores.open(
                .sqlite(path: folder.appending(path: "hub.sqlite").path()), logger: logger, now: { moment })
            _ = try await stores.migrator.up()
            let blobFolder = folder.appending(path: "blobs")
            let routes = AttachmentRoutes(
                attachments: stores.attachments,
                blobs: try await FileBlobStore(directory: blobFolder.path()),
                limits: limits,
                now: { moment }
            )
            let door = EndpointDoor(
                requester: { request in try requester(authorization: request.headers[.authorization]) },
                audit: stores.audit,
                limiter: RateLimiter(RequestRate()),
                settings: RestSettings(
                    maxBodyBytes: 16 * 1024,
                    maxPollWait: .seconds(1),
                    refusalLinger: limits.refusalLinger,
                    isAllowedOrigin: { _, _ in false },
                    trustedProxies: TrustedProxies([])
                ),
                now: { moment }
            )
            try await LiveRouter.with { router in
                for endpoint in routes.endpoints { door.add(endpoint, to: router) }
            } _: { port in
                try await body(FileHub(port: port, stores: stores, blobFolder: blobFolder))
            }
            await stores.close()
        }
    }

    /// Each token is a visitor of its own.
    private static func requester(authorization: String?) throws -> Requester {
        guard let authorization, let id = VisitorID("v_0000000000000000000000000" + authorization.suffix(1)) else {
            throw HubError.unauthorized("send a token")
        }
        let room = RoomID.make(at: moment)
        let profile = try VisitorProfile(name: "سارة")
        return .visitor(Visitor(id: id, room: room, profile: profile, verifiedUserID: nil, createdAt: moment))
    }

    static let token = ["Authorization": "Bearer 1"]

    func upload(_ name: String, _ bytes: [UInt8]) async throws -> RawHTTP.Answer {
        try await RawHTTP.send(port: port, "POST", "/api/v1/attachments?name=\(name)", Self.token, body: bytes)
    }

    /// Uploads what must be taken.
    func uploaded(_ name: String, _ bytes: [UInt8]) async throws -> Uploaded {
        let answer = try await upload(name, bytes)
        try #require(answer.status == 201, "\(answer.text)")
        return Uploaded(document: try JSONParser.parse(answer.text))
    }

    func get(_ url: String, _ headers: [String: String] = [:], method: String = "GET") async throws -> RawHTTP.Answer {
        try await RawHTTP.send(port: port, method, url, headers)
    }

    /// All files that uploads have made, finished or not.
    func storedFiles() throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: blobFolder.path()).filter { name in
            var isDirectory: ObjCBool = false
            let path = blobFolder.appending(path: name).path()
            return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) && !isDirectory.boolValue
        }
    }

    /// Returns when there are so many files; fails after a while.
    func waitForFiles(_ count: Int, sourceLocation: SourceLocation = #_sourceLocation) async throws {
        let deadline = ContinuousClock.now + .seconds(60)
        while try storedFiles().count != count {
            guard ContinuousClock.now < deadline else {
                Issue.record("\(try storedFiles()) instead of \(count) files", sourceLocation: sourceLocation)
                return
            }
            try await Task.sleep(for: .milliseconds(5))
        }
    }

    struct Uploaded {
        let document: JSONValue

        var id: String { document["id"]?.string ?? "" }
        var url: String { document["url"]?.string ?? "" }
    }
}

extension AttachmentLimits {
    /// The usual limits, but for what a test is about.
    static func but(_ change: (inout AttachmentLimits) -> Void) -> AttachmentLimits {
        var limits = AttachmentLimits()
        limits.refusalLinger = .milliseconds(500)
        change(&limits)
        return limits
    }
}

/// Small files of each kind.
enum SmallFile {
    /// The header of a picture, 640 × 480.
    static let png: [UInt8] =
        [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13] + Array("IHDR".utf8)
        + [0, 0, 2, 0x80, 0, 0, 1, 0xE0, 8, 2, 0, 0, 0, 0, 0, 0, 0]
    static let pdf = Array("%PDF-1.4\n%%EOF\n".utf8)
    static let html = Array("<!doctype html><script>alert(1)</script>".utf8)
    static let svg = Array("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>".utf8)

    /// Plain text in which every place looks different.
    static func text(_ count: Int) -> [UInt8] {
        Array((0...count / 8).lazy.flatMap { String($0 + 10_000_000).utf8 }.prefix(count))
    }
}
