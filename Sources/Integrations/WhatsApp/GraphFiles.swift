import AsyncHTTPClient
import Domain
import NIOCore
import NIOHTTP1

/// Files at Meta: an id is resolved to an address that is good for five minutes, and fetched from there.
package struct GraphFiles: WhatsAppFileSource {
    private let token: String
    private let address: GraphAddress
    private let timeout: Duration

    /// - Parameter baseURL: With or without a version at its end.
    package init(token: String, baseURL: String, timeout: Duration = .seconds(120)) {
        self.token = token
        address = GraphAddress(baseURL)
        self.timeout = timeout
    }

    package func fetch(
        _ media: String,
        of number: String,
        maxBytes: Int64,
        _ take: ([UInt8]) async throws -> Void
    ) async throws {
        for isLast in [false, true] {
            let response = try await ask(try await resolve(media, of: number))
            // An address that is too old is resolved once more.
            if response.status == .notFound, !isLast { continue }
            try Self.check(response.status)
            var size: Int64 = 0
            for try await buffer in response.body {
                size += Int64(buffer.readableBytes)
                guard size <= maxBytes else { throw HubError(.tooLarge, "the file is larger than \(maxBytes) bytes") }
                try await take(Array(buffer.readableBytesView))
            }
            return
        }
    }

    private func resolve(_ media: String, of number: String) async throws -> String {
        guard media.utf8.allSatisfy({ $0.isIDCharacter }), number.utf8.allSatisfy({ $0.isIDCharacter }) else {
            throw HubError.badRequest("the file's id is none")
        }
        let response = try await ask("\(address.text)/\(media)?phone_number_id=\(number)")
        try Self.check(response.status)
        let body = try await response.body.collect(upTo: 64 * 1024)
        guard let url = (try? JSONParser.parse(String(buffer: body), maxDepth: 16))?["url"]?.string,
            url.hasPrefix("https://") || (!address.isSecure && url.hasPrefix("http://"))
        else { throw HubError.unavailable() }
        return url
    }

    private func ask(_ url: String) async throws -> HTTPClientResponse {
        var request = HTTPClientRequest(url: url)
        request.headers.add(name: "Authorization", value: "Bearer \(token)")
        request.headers.add(name: "User-Agent", value: "TwoCardsHub")
        do {
            return try await Self.client.execute(request, timeout: .milliseconds(timeout.milliseconds))
        } catch {
            throw HubError.unavailable()
        }
    }

    private static func check(_ status: HTTPResponseStatus) throws(HubError) {
        switch status.code {
        case 200: return
        case 401, 403: throw HubError(.unavailable, "Meta refuses WA_TOKEN for this file")
        case 400, 404, 410: throw .notFound("Meta does not have the file any more")
        default: throw HubError(.unavailable, "Meta answered \(status.code) for this file")
        }
    }

    /// The token goes to the host that Meta named and to no other.
    private static let client = HTTPClient(
        eventLoopGroupProvider: .singleton,
        configuration: HTTPClient.Configuration(redirectConfiguration: .disallow)
    )
}

/// The address of the Graph API, with a version.
struct GraphAddress: Sendable {
    static let usualVersion = "v23.0"

    let text: String

    init(_ baseURL: String) {
        text = Self.hasVersion(baseURL) ? baseURL : "\(baseURL)/\(Self.usualVersion)"
    }

    var isSecure: Bool { text.hasPrefix("https://") }

    private static func hasVersion(_ url: String) -> Bool {
        guard let last = url.split(separator: "/").last, last.hasPrefix("v") else { return false }
        return last.dropFirst().allSatisfy { $0.isASCII && ($0.isNumber || $0 == ".") } && last.count > 1
    }
}

extension UInt8 {
    fileprivate var isIDCharacter: Bool {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."):
            true
        default: false
        }
    }
}
