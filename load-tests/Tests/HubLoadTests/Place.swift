import Foundation

/// Where things are in the checkout.
enum Place {
    static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path
    static let peers = root + "/load-tests/peers"

    /// The folder of the built programs: that of the one that runs these tests.
    static let programs: String = {
        let own = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        return ((own ?? CommandLine.arguments[0]) as NSString).deletingLastPathComponent
    }()
}
