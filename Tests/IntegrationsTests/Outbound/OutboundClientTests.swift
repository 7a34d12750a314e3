import Domain
import NIOCore
import NIOHTTP1
import NIOSSL
import Synchronization
import Testing

@testable import Integrations

/// Over real sockets, with names that only these tests know.
@Suite struct OutboundClientTests {
    /// Knows one host, whose addresses may change from one question to the next.
    private final class Names: HostResolver {
        private let answers: Mutex<[[String]]>
        let asked = Atomic(0)

        init(_ answers: [[String]]) { self.answers = Mutex(answers) }

        func addresses(of host: String, port: Int, on loop: any EventLoop) -> EventLoopFuture<[SocketAddress]> {
            asked.add(1, ordering: .relaxed)
            let texts = answers.withLock { $0.count > 1 ? $0.removeFirst() : $0.first ?? [] }
            return loop.makeCompletedFuture { try texts.map { try SocketAddress(ipAddress: $0, port: port) } }
        }
    }

    private static let fine = ScriptedServer.json(200, #"{"ok":true}"#)

    private func outcome(
        _ url: String,
        allowed: [String] = [],
        names: [[String]] = [["127.0.0.1"]],
        roots: [NIOSSLCertificate] = [],
        within limit: Duration = .seconds(20),
        maxBytes: Int = OutboundClient.maxBytes
    ) async throws -> String {
        let rules = OutboundRules(allowed: try allowed.map { try #require(OutboundPlace($0)) })
        let client = OutboundClient(rules, resolver: Names(names), trusting: roots)
        let request = OutboundRequest(.POST, try #require(OutboundURL(url)), json: ["a": 1])
        switch await client.send(request, within: limit, maxBytes: maxBytes) {
        case .answer(let answer): return "\(answer.status) \(answer.text)"
        case .failed(let failure, let hasLeft): return "\(failure) \(hasLeft)"
        }
    }

    @Test func aRequestIsMadeAndItsAnswerRead() async throws {
        try await ScriptedServer.with(Self.fine) { server in
            #expect(
                try await outcome("http://fakes:\(server.port)/a?b=c", allowed: ["fakes"]) == #"200 {"ok":true}"#)
            let request = try #require(server.requests.first)
            #expect(request.hasPrefix("POST /a?b=c HTTP/1.1\r\n") && request.hasSuffix(#"{"a":1}"#))
            #expect(request.contains("Host: fakes:\(server.port)\r\n"))
        }
    }

    @Test(arguments: [
        ["127.0.0.1"], ["::1"], ["::ffff:127.0.0.1"], ["10.0.0.1"], ["169.254.169.254"], ["fd00:ec2::254"],
        ["100.64.0.1"], ["224.0.0.1"], ["8.8.8.8", "127.0.0.1"],
    ])
    func aNameThatLeadsInsideIsNotFollowed(_ addresses: [String]) async throws {
        #expect(try await outcome("https://evil.example/", names: [addresses]) == "forbidden false")
    }

    @Test func whatIsAllowedIsAllowedOnItsPortAlone() async throws {
        try await ScriptedServer.with(Self.fine) { server in
            let url = "http://127.0.0.1:\(server.port)/"
            let ends = [
                try await outcome(url, allowed: ["127.0.0.1:\(server.port)"]),
                try await outcome(url, allowed: ["127.0.0.1:1"]),
                try await outcome(url),
            ]
            #expect(ends == [#"200 {"ok":true}"#, "forbidden false", "forbidden false"])
            #expect(server.requests.count == 1)
        }
    }

    /// The second answer would be another; it is never asked for.
    @Test func aNameIsLookedUpOnce() async throws {
        let names = Names([["127.0.0.1"], ["8.8.8.8"]])
        let client = OutboundClient(OutboundRules(), resolver: names, trusting: [])
        let request = OutboundRequest(.GET, try #require(OutboundURL("https://rebind.example")))
        guard case .failed(.forbidden, hasLeft: false) = await client.send(request) else { throw Unexpected() }
        #expect(names.asked.load(ordering: .relaxed) == 1)
    }

    @Test func tlsIsForTheNameAndNotForTheAddress() async throws {
        let root = try TestCertificate.certificate()
        try await ScriptedServer.with(Self.fine, tls: TestCertificate.server()) { server in
            let (good, other) = ("https://service.test:\(server.port)", "https://other.test:\(server.port)")
            let allowed = ["service.test", "other.test"]
            let ends = [
                try await outcome(good, allowed: allowed, roots: [root]),
                try await outcome(other, allowed: allowed, roots: [root]),
                try await outcome(good, allowed: allowed),
            ]
            #expect(ends == [#"200 {"ok":true}"#, "untrusted false", "untrusted false"])
            #expect(server.requests.count == 1)
        }
    }

    @Test func plainTextBehindHTTPSIsNotTrusted() async throws {
        try await ScriptedServer.with(Self.fine) { server in
            let end = try await outcome("https://fakes:\(server.port)", allowed: ["fakes"], within: .milliseconds(500))
            #expect(end == "late false" || end == "untrusted false")
        }
    }

    @Test func aRedirectIsAnAnswerAndNoMore() async throws {
        let redirect = ScriptedServer.Act.answer(
            "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1/\r\nContent-Length: 0\r\n\r\n")
        try await ScriptedServer.with(redirect) { server in
            let end = try await outcome("http://fakes:\(server.port)", allowed: ["fakes"])
            #expect(end == "302 ")
            #expect(server.requests.count == 1)
        }
    }

    @Test(arguments: [
        (ScriptedServer.Act.hangUp, "garbled true"), (.silence, "late true"),
        (.answer("what?\r\n\r\n"), "garbled true"),
        (.breakOff("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{"), "garbled true"),
        (ScriptedServer.json(200, String(repeating: "x", count: 65)), "tooLarge true"),
        (ScriptedServer.json(200, String(repeating: "x", count: 64)), "200 " + String(repeating: "x", count: 64)),
    ])
    func whatIsNoAnswerIsNone(_ act: ScriptedServer.Act, _ end: String) async throws {
        try await ScriptedServer.with(act) { server in
            let url = "http://fakes:\(server.port)"
            let found = try await outcome(url, allowed: ["fakes"], within: [act].patience, maxBytes: 64)
            #expect(found == end)
        }
    }

    @Test func nobodyThereIsUnreachable() async throws {
        #expect(try await outcome("http://fakes:1", allowed: ["fakes"]) == "unreachable false")
        #expect(try await outcome("http://fakes:1", allowed: ["fakes"], names: [[]]) == "unreachable false")
    }

    @Test func aSecretThatWouldBreakTheHeadersDoesNotLeave() async throws {
        try await ScriptedServer.with(Self.fine) { server in
            let url = try #require(OutboundURL("http://127.0.0.1:\(server.port)"))
            let request = OutboundRequest(.GET, url, headers: [("Authorization", "a\r\nX: b")])
            guard case .failed(.garbled, hasLeft: false) = await OutboundClient.ofTheOperator.send(request) else {
                throw Unexpected()
            }
            #expect(server.requests.isEmpty)
        }
    }

    private struct Unexpected: Error {}
}
