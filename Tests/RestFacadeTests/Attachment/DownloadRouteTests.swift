import Domain
import Foundation
import Testing

@testable import RestFacade

@Suite struct DownloadRouteTests {
    @Test func pictureIsShownAndCannotRun() async throws {
        try await FileHub.with { hub async throws in
            let url = try await hub.uploaded("%D8%B5.png", SmallFile.png).url
            let answer = try await hub.get(url)
            #expect(answer.status == 200)
            #expect(answer.body == SmallFile.png)
            let digest = try #require(answer.headers["etag"]).filter { $0 != "\"" }
            #expect(digest.count == 64)
            let expected = [
                "content-type": "image/png",
                "content-disposition": "inline; filename=\"_.png\"; filename*=UTF-8''%D8%B5.png",
                "content-security-policy": "sandbox; default-src 'none'",
                "x-content-type-options": "nosniff",
                "cross-origin-resource-policy": "cross-origin",
                "cache-control": "private, max-age=31536000, immutable",
                "accept-ranges": "bytes",
                "content-length": String(SmallFile.png.count),
            ]
            for (name, value) in expected { #expect(answer.headers[name] == value, "\(name)") }
        }
    }

    @Test func documentIsADownload() async throws {
        try await FileHub.with { hub async throws in
            for (bytes, type) in [(SmallFile.pdf, "application/pdf"), (SmallFile.text(9), "text/plain; charset=utf-8")]
            {
                let answer = try await hub.get(try await hub.uploaded("a", bytes).url)
                #expect(answer.headers["content-type"] == type)
                #expect(answer.headers["content-disposition"]?.hasPrefix("attachment; ") == true)
            }
        }
    }

    @Test func headIsGetWithoutBytes() async throws {
        try await FileHub.with { hub async throws in
            let url = try await hub.uploaded("a.pdf", SmallFile.pdf).url
            var whole = try await hub.get(url).headers
            var head = try await hub.get(url, ["Range": "bytes=0-1"], method: "HEAD").headers
            for name in ["date", "x-request-id"] {
                whole[name] = nil
                head[name] = nil
            }
            #expect(head == whole)
        }
    }

    @Test func rangeIsServedFromTheDisk() async throws {
        try await FileHub.with { hub async throws in
            let bytes = SmallFile.text(400_000)
            let url = try await hub.uploaded("a.txt", bytes).url
            for (header, range) in [
                ("bytes=0-0", 0...0), ("bytes=100000-300000", 100_000...300_000), ("bytes=-7", 399_993...399_999),
                ("bytes=131072-", 131_072...399_999),
            ] {
                let answer = try await hub.get(url, ["Range": header])
                #expect(answer.status == 206)
                #expect(answer.body.elementsEqual(bytes[range]))
                #expect(
                    answer.headers["content-range"] == "bytes \(range.lowerBound)-\(range.upperBound)/400000")
            }
            #expect(try await hub.get(url, ["Range": "bytes=0-1,3-4"]).body == bytes)
        }
    }

    @Test func rangeBehindTheEndIsRefused() async throws {
        try await FileHub.with { hub async throws in
            let url = try await hub.uploaded("a.pdf", SmallFile.pdf).url
            let answer = try await hub.get(url, ["Range": "bytes=1000-"])
            #expect(answer.status == 416)
            #expect(answer.headers["content-range"] == "bytes */\(SmallFile.pdf.count)")
            #expect(answer.headers["content-type"] == "application/problem+json")
        }
    }

    @Test func rangeOfAnotherVersionGivesAll() async throws {
        try await FileHub.with { hub async throws in
            let url = try await hub.uploaded("a.pdf", SmallFile.pdf).url
            let tag = try #require(try await hub.get(url).headers["etag"])
            #expect(try await hub.get(url, ["Range": "bytes=0-3", "If-Range": tag]).status == 206)
            #expect(try await hub.get(url, ["Range": "bytes=0-3", "If-Range": "\"x\""]).status == 200)
        }
    }

    @Test func heldFileIsNotSentAgain() async throws {
        try await FileHub.with { hub async throws in
            let url = try await hub.uploaded("a.pdf", SmallFile.pdf).url
            let tag = try #require(try await hub.get(url).headers["etag"])
            let answer = try await hub.get(url, ["If-None-Match": tag, "Range": "bytes=0-1"])
            #expect(answer.status == 304)
            #expect(answer.headers["etag"] == tag)
            #expect(answer.headers["content-length"] == nil)
            #expect(try await hub.get(url, ["If-None-Match": "\"x\""]).status == 200)
        }
    }

    @Test(arguments: [
        "f_00000000000000000000000000/a.png", "f_0/a.png", "x/a.png", "..%2f..%2fhub.sqlite/x", "%00/x", "a.png", "",
        "f_00000000000000000000000000",
    ])
    func unknownLinkIsNotFound(path: String) async throws {
        try await FileHub.with { hub async throws in
            let answer = try await hub.get("/api/v1/attachments/\(path)")
            #expect(answer.status == 404)
            #expect(answer.headers["content-type"] == "application/problem+json")
        }
    }

    @Test func lostBytesAreAnErrorThatSaysSo() async throws {
        try await FileHub.with { hub async throws in
            let url = try await hub.uploaded("a.pdf", SmallFile.pdf).url
            for name in try hub.storedFiles() {
                try FileManager.default.removeItem(at: hub.blobFolder.appending(path: name))
            }
            let answer = try await hub.get(url)
            #expect(answer.status == 500)
            #expect(answer.headers["content-type"] == "application/problem+json")
        }
    }
}
