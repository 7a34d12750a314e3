import Domain
import Storage
import Testing

@testable import RestFacade

@Suite struct UploadRouteTests {
    @Test func uploadIsStoredAndDescribed() async throws {
        try await FileHub.with { hub async throws in
            let answer = try await hub.upload("../a%20b.txt", SmallFile.png)
            #expect(answer.status == 201)
            #expect(answer.headers["content-type"] == "application/json; charset=utf-8")
            let document = try JSONParser.parse(answer.text)
            let id = try #require(document["id"]?.string.flatMap { AttachmentID($0) })
            let url = "/api/v1/attachments/\(id)/a%20b.txt.png"
            #expect(
                document.object == [
                    "id": .string(id.text), "name": "a b.txt.png", "type": "image/png",
                    "size": .integer(Int64(SmallFile.png.count)), "url": .string(url), "width": 640, "height": 480,
                ]
            )
            #expect(answer.headers["location"] == url)
            let stored = try #require(try await hub.stores.attachments.attachment(id))
            #expect(stored.uploader.name == "سارة")
            #expect(stored.createdAt == FileHub.moment)
            #expect(try hub.storedFiles().count == 1)
        }
    }

    @Test(arguments: [
        ("a+b%2Bc.pdf", "a b+c.pdf"), ("%D8%B5%D9%88%D8%B1%D8%A9.pdf", "صورة.pdf"), ("", "file.pdf"),
        ("x%0D%0ASet-Cookie:%20a.pdf", "xSet-Cookie_ a.pdf"), ("a.exe", "a.exe.pdf"),
    ])
    func nameIsReadAndCleaned(query: String, name: String) async throws {
        try await FileHub.with { hub async throws in
            #expect(try await hub.uploaded(query, SmallFile.pdf).document["name"]?.string == name)
        }
    }

    @Test func sameBytesAreStoredOnce() async throws {
        try await FileHub.with { hub async throws in
            let first = try await hub.uploaded("a.pdf", SmallFile.pdf)
            let second = try await hub.uploaded("b.pdf", SmallFile.pdf)
            #expect(first.id != second.id)
            #expect(try hub.storedFiles().count == 1)
        }
    }

    @Test func longChunkedUploadArrivesWhole() async throws {
        try await FileHub.with { hub async throws in
            let bytes = SmallFile.text(1_000_003)
            let answer = try await RawHTTP.with(port: hub.port) { connection in
                try await connection.sendHead("POST", "/api/v1/attachments?name=a.txt", FileHub.chunked)
                var rest = bytes[...]
                while !rest.isEmpty {
                    try await connection.sendChunk(Array(rest.prefix(30_011)))
                    rest = rest.dropFirst(30_011)
                }
                try await connection.sendChunk([])
                return try await connection.answer(to: "POST")
            }
            let url = try #require(try JSONParser.parse(answer.text)["url"]?.string)
            #expect(try await hub.get(url).body == bytes)
        }
    }

    // MARK: Refusals

    @Test(arguments: [SmallFile.html, SmallFile.svg, [0x7F, 0x45, 0x4C, 0x46], [0xFF, 0xFE, 0, 0]])
    func unknownKindIsRefusedAndNotKept(bytes: [UInt8]) async throws {
        try await FileHub.with { hub async throws in
            let answer = try await hub.upload("a.png", bytes)
            #expect(answer.status == 415)
            #expect(answer.headers["content-type"] == "application/problem+json")
            #expect(try JSONParser.parse(answer.text)["code"]?.string == "bad_request")
            #expect(try hub.storedFiles().isEmpty)
        }
    }

    @Test func refusalAtTheEndKeepsTheConnection() async throws {
        try await FileHub.with { hub async throws in
            let statuses = try await RawHTTP.with(port: hub.port) { connection in
                var statuses: [Int] = []
                for bytes in [SmallFile.svg, SmallFile.pdf] {
                    let headers = FileHub.token.merging(["Content-Length": String(bytes.count)]) { $1 }
                    try await connection.sendHead("POST", "/api/v1/attachments?name=a", headers)
                    try await connection.send(bytes)
                    statuses.append(try await connection.answer(to: "POST").status)
                }
                return statuses
            }
            #expect(statuses == [415, 201])
        }
    }

    @Test func nothingIsNoFile() async throws {
        try await FileHub.with { hub async throws in
            #expect(try await hub.upload("a.png", []).status == 400)
            #expect(try hub.storedFiles().isEmpty)
        }
    }

    @Test func uploadNeedsAToken() async throws {
        try await FileHub.with { hub async throws in
            let answer = try await RawHTTP.send(
                port: hub.port, "POST", "/api/v1/attachments?name=a", body: SmallFile.pdf)
            #expect(answer.status == 401)
            #expect(try hub.storedFiles().isEmpty)
        }
    }

    @Test func tooLargeIsRefusedByItsHead() async throws {
        try await FileHub.with(.but { $0.maxBytes = 1000 }) { hub async throws in
            #expect(try await hub.upload("a.txt", SmallFile.text(1000)).status == 201)
            let answer = try await RawHTTP.with(port: hub.port) { connection in
                let headers = FileHub.token.merging(["Content-Length": "1001"]) { $1 }
                try await connection.sendHead("POST", "/api/v1/attachments?name=a.txt", headers)
                let answer = try await connection.answer(to: "POST")
                await connection.end()
                return answer
            }
            #expect(answer.status == 413)
            #expect(answer.headers["connection"] == "close")
            #expect(try JSONParser.parse(answer.text)["code"]?.string == "too_large")
        }
    }

    @Test func endlessUploadIsCutOff() async throws {
        try await FileHub.with(.but { $0.maxBytes = 300_000 }) { hub async throws in
            let status = try await RawHTTP.with(port: hub.port) { connection in
                try await connection.sendHead("POST", "/api/v1/attachments?name=a.txt", FileHub.chunked)
                let piece = SmallFile.text(65_536)
                // Ends only because the hub closes the connection.
                var sent = 0
                while (try? await connection.sendChunk(piece)) != nil { sent += 1 }
                #expect(sent > 4)
                return try? await connection.answer(to: "POST").status
            }
            // The reset of the connection may overtake the answer.
            #expect(status == 413 || status == nil)
            try await hub.waitForFiles(0)
        }
    }

    @Test func tooManyPixelsAreRefused() async throws {
        try await FileHub.with(.but { $0.maxImagePixels = 640 * 480 - 1 }) { hub async throws in
            #expect(try await hub.upload("a.png", SmallFile.png).status == 413)
            #expect(try hub.storedFiles().isEmpty)
        }
    }

    @Test func slowUploadIsRefused() async throws {
        try await FileHub.with(.but { $0.uploadTimeout = .zero }) { hub async throws in
            #expect(try await hub.upload("a.pdf", SmallFile.pdf).status == 408)
            #expect(try hub.storedFiles().isEmpty)
        }
    }

    @Test func oneUploadTooManyIsBusy() async throws {
        try await FileHub.with(.but { $0.maxUploads = 1 }) { hub async throws in
            try await RawHTTP.with(port: hub.port) { connection in
                let headers = FileHub.token.merging(["Content-Length": String(SmallFile.pdf.count)]) { $1 }
                try await connection.sendHead("POST", "/api/v1/attachments?name=a.pdf", headers)
                try await connection.send(Array(SmallFile.pdf.prefix(5)))
                try await hub.waitForFiles(1)
                let refused = try await hub.upload("b.pdf", SmallFile.pdf)
                #expect(refused.status == 503)
                #expect(refused.headers["retry-after"] == "2")
                try await connection.send(Array(SmallFile.pdf.dropFirst(5)))
                #expect(try await connection.answer(to: "POST").status == 201)
            }
            #expect(try await hub.upload("b.pdf", SmallFile.pdf).status == 201)
        }
    }

    @Test(arguments: [["Content-Length": "100"], ["Transfer-Encoding": "chunked"]])
    func brokenUploadLeavesNothing(framing: [String: String]) async throws {
        try await FileHub.with { hub async throws in
            try await RawHTTP.with(port: hub.port) { connection in
                let headers = FileHub.token.merging(framing) { $1 }
                try await connection.sendHead("POST", "/api/v1/attachments?name=a.txt", headers)
                if framing["Content-Length"] == nil {
                    try await connection.sendChunk(SmallFile.text(50))
                } else {
                    try await connection.send(SmallFile.text(50))
                }
                try await hub.waitForFiles(1)
            }
            try await hub.waitForFiles(0)
            #expect(try await hub.upload("b.pdf", SmallFile.pdf).status == 201)
        }
    }
}

extension FileHub {
    fileprivate static let chunked = token.merging(["Transfer-Encoding": "chunked"]) { $1 }
}
