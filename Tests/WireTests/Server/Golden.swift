import Foundation
import NIOCore
import Testing

/// Committed examples of every message; changing one is changing the protocol.
///
/// To accept a change, run the tests with `HUB_UPDATE_GOLDEN=1` and read the difference before committing it.
enum Golden {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Golden", directoryHint: .isDirectory)

    static func file(_ name: String) -> URL {
        folder.appending(path: name + ".json")
    }

    static func expect(_ name: String, _ frame: ByteBuffer) throws {
        let text = String(buffer: frame) + "\n"
        if ProcessInfo.processInfo.environment["HUB_UPDATE_GOLDEN"] == "1" {
            try Data(text.utf8).write(to: file(name))
        }
        let committed = try String(contentsOf: file(name), encoding: .utf8)
        #expect(text == committed, "\(name) is not what is committed")
    }
}
