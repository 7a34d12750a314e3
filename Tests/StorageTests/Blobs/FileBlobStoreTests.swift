import Crypto
import Domain
import Foundation
import Testing

@testable import Storage

@Suite struct FileBlobStoreTests {
    @Test func bytesComeBackUnderTheirDigest() async throws {
        try await Self.withStore { store, directory in
            let chunks = (0..<40).map { number in [UInt8](repeating: UInt8(number), count: number * 997) }
            let bytes = chunks.flatMap { $0 }
            let receipt = try await Self.store(chunks, in: store)
            #expect(receipt.size == Int64(bytes.count))
            #expect(receipt.digest == SHA256.hash(data: bytes).map { String(format: "%02x", $0) }.joined())
            let reader = try #require(try await store.open(digest: receipt.digest))
            #expect(reader.size == receipt.size)
            #expect(try await reader.read(at: 0, count: bytes.count * 2) == bytes)
            #expect(try await reader.read(at: 5000, count: 100) == Array(bytes[5000..<5100]))
            #expect(try await reader.read(at: receipt.size - 3, count: 100) == Array(bytes.suffix(3)))
            #expect(try await reader.read(at: receipt.size, count: 1) == [])
            #expect(try await reader.read(at: -1, count: 1) == [])
            await reader.close()
            #expect(try await code { _ = try await reader.read(at: 0, count: 1) } == .internal)
            let path = "\(receipt.digest.prefix(2))/\(receipt.digest.dropFirst(2))"
            #expect(try Self.files(directory) == [path])
        }
    }

    @Test func theSameContentIsStoredOnce() async throws {
        try await Self.withStore { store, directory in
            let receipts = try await withThrowingTaskGroup(of: BlobReceipt.self) { group in
                for _ in 0..<8 { group.addTask { try await Self.store([Array("نفس المحتوى".utf8)], in: store) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(Set(receipts.map(\.digest)).count == 1)
            #expect(try Self.files(directory).count == 1)
        }
    }

    @Test func anEmptyBlobIsABlob() async throws {
        try await Self.withStore { store, _ in
            let receipt = try await Self.store([], in: store)
            #expect(receipt.size == 0)
            #expect(try await store.open(digest: receipt.digest)?.size == 0)
        }
    }

    @Test func whatIsTooLargeOrGivenUpLeavesNothing() async throws {
        try await Self.withStore { store, directory in
            let large = try await store.makeWriter(maxBytes: 10)
            try await large.write([1, 2, 3, 4, 5, 6, 7, 8])
            #expect(try await code { try await large.write([9, 10, 11]) } == .tooLarge)
            #expect(try await code { _ = try await large.finish() } == .internal)
            let discarded = try await store.makeWriter(maxBytes: 10)
            try await discarded.write([1])
            await discarded.discard()
            do {
                let dropped = try await store.makeWriter(maxBytes: 10)
                try await dropped.write([1])
            }
            try await eventually("nothing is left") { try Self.files(directory).isEmpty }
            let exact = try await store.makeWriter(maxBytes: 3)
            try await exact.write([1, 2, 3])
            #expect(try await exact.finish().size == 3)
        }
    }

    @Test func aBlobIsRemovedUnlessItIsNeeded() async throws {
        try await Self.withStore { store, directory in
            let bytes: [[UInt8]] = [[1, 2, 3]]
            let digest = try await Self.store(bytes, in: store).digest
            // Out of reach while it is asked, and back when it is needed.
            try await store.remove(digest: digest) {
                let reader = try await store.open(digest: digest)
                #expect(reader == nil)
                return true
            }
            #expect(try await store.open(digest: digest)?.size == 3)
            // Who cannot be asked decides nothing; the next try finds what the last one left.
            #expect(try await code { try await store.remove(digest: digest) { throw HubError.busy("away") } } == .busy)
            try await store.remove(digest: digest) { true }
            #expect(try await store.open(digest: digest)?.size == 3)
            // What is stored again meanwhile stays.
            try await store.remove(digest: digest) {
                _ = try await Self.store(bytes, in: store)
                return false
            }
            #expect(try await store.open(digest: digest)?.size == 3)
            for _ in 0..<2 { try await store.remove(digest: digest) { false } }
            #expect(try await store.open(digest: digest) == nil)
            #expect(try Self.files(directory).isEmpty)
        }
    }

    @Test func onlyDigestsAreLookedUp() async throws {
        try await Self.withStore { store, _ in
            let hostile = [
                "", "../../etc/passwd", String(repeating: "A", count: 64), String(repeating: "/", count: 64),
            ]
            for digest in hostile + [String(repeating: "0", count: 64), "\(String(repeating: "0", count: 63))\u{0}"] {
                let reader = try await store.open(digest: digest)
                #expect(reader == nil)
            }
        }
    }

    @Test func leftoversOfACrashAreRemovedWhenOld() async throws {
        try await Self.withStore { _, directory in
            let old = directory.appending(path: "tmp/old")
            let new = directory.appending(path: "tmp/new")
            for file in [old, new] { try Data([1]).write(to: file) }
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSinceNow: -2 * 24 * 3600)],
                ofItemAtPath: old.path()
            )
            _ = try await FileBlobStore(directory: directory.path())
            #expect(try Self.files(directory) == ["tmp/new"])
        }
    }

    @Test func aDirectoryThatCannotBeMadeIsUnavailable() async throws {
        let refusal = try await code { _ = try await FileBlobStore(directory: "/nowhere/blobs") }
        #expect(refusal == .unavailable)
    }

    // MARK: Helpers

    private static func store(_ chunks: [[UInt8]], in store: FileBlobStore) async throws -> BlobReceipt {
        let writer = try await store.makeWriter(maxBytes: 10_000_000)
        for chunk in chunks { try await writer.write(chunk) }
        return try await writer.finish()
    }

    private static func files(_ directory: URL) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: directory.path()).filter { path in
            var isDirectory: ObjCBool = false
            _ = FileManager.default.fileExists(
                atPath: directory.appending(path: path).path(), isDirectory: &isDirectory)
            return !isDirectory.boolValue
        }
    }

    private static func withStore(_ body: (FileBlobStore, URL) async throws -> Void) async throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "hub-blobs-\(UUID().uuidString)")
        let store = try await FileBlobStore(directory: directory.path())
        let result: Result<Void, any Error>
        do { result = .success(try await body(store, directory)) } catch { result = .failure(error) }
        try FileManager.default.removeItem(at: directory)
        try result.get()
    }
}
