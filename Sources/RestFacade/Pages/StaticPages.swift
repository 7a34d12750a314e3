package import Domain
package import Hummingbird

/// The pages of the hub and all that they load, read into memory once.
///
/// Each file is a route of its own, so no request can name a file that was not there at the start.
package struct StaticPages: Sendable {
    private let files: [StaticFile]

    /// Throws `HubError` when the folder is missing, holds no page, or a file cannot be served as it is.
    package init(directory: String, limits: StaticLimits = StaticLimits()) throws(HubError) {
        files = try StaticFolder(directory: directory, limits: limits).files()
    }

    /// The addresses of all files.
    var paths: [String] { files.map(\.path) }

    package func add(to router: Router<RestContext>) {
        for file in files {
            router.get(RouterPath(file.path)) { request, _ in file.answer(request) }
            router.head(RouterPath(file.path)) { request, _ in file.answer(request) }
        }
    }
}
