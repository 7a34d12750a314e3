import Domain
import NIOCore
import NIOPosix
import NIOSSL

/// The first words with a mail server: its greeting, EHLO, QUIT.
enum SMTPGreeting {
    enum Outcome: Sendable, Equatable {
        case ready
        /// It answers and will not serve now (421, 4xx).
        case busy
        case garbage
    }

    /// Longer than any greeting; more is none.
    static let maxBytes = 16 * 1024

    /// Throws when there is no connection, or no answer within `timeout`.
    static func exchange(with address: MailAddress, timeout: Duration) async throws -> Outcome {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connectTimeout(.milliseconds(timeout.milliseconds))
            .connect(host: address.host, port: address.port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    if address.usesTLS {
                        let context = try NIOSSLContext(configuration: .makeClientConfiguration())
                        let isName = (try? SocketAddress(ipAddress: address.host, port: 0)) == nil
                        try channel.pipeline.syncOperations.addHandler(
                            NIOSSLClientHandler(context: context, serverHostname: isName ? address.host : nil))
                    }
                    return try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        // Whoever waits for it stops waiting when the connection is closed.
        let deadline = channel.channel.eventLoop.scheduleTask(in: .milliseconds(timeout.milliseconds)) {
            channel.channel.close(promise: nil)
        }
        defer { deadline.cancel() }
        return try await channel.executeThenClose { inbound, outbound in
            var replies = SMTPReplies()
            var hasGreeted = false
            for try await bytes in inbound {
                guard replies.take(bytes.readableBytesView) else { return .garbage }
                while let code = replies.next() {
                    switch code {
                    case 220 where !hasGreeted:
                        hasGreeted = true
                        try await outbound.write(ByteBuffer(string: "EHLO localhost\r\n"))
                    case 250 where hasGreeted:
                        try? await outbound.write(ByteBuffer(string: "QUIT\r\n"))
                        return .ready
                    case 400...599: return code < 500 ? .busy : .garbage
                    default: return .garbage
                    }
                }
            }
            throw ChannelError.eof
        }
    }
}

/// Cuts what a mail server says into replies (RFC 5321 section 4.2).
struct SMTPReplies {
    private var line: [UInt8] = []
    private var codes: [Int] = []
    private var bytes = 0

    /// Returns false for what no mail server says.
    mutating func take(_ new: some Sequence<UInt8>) -> Bool {
        for byte in new {
            bytes += 1
            guard bytes <= SMTPGreeting.maxBytes else { return false }
            if byte != UInt8(ascii: "\n") {
                line.append(byte)
                continue
            }
            let digits = line.prefix(3).map { Int($0) - 0x30 }
            guard digits.count == 3, digits.allSatisfy({ (0...9).contains($0) }) else { return false }
            // A minus says that more lines of the same reply follow.
            if line.count < 4 || line[3] != UInt8(ascii: "-") {
                codes.append(digits[0] * 100 + digits[1] * 10 + digits[2])
            }
            line.removeAll()
        }
        return true
    }

    mutating func next() -> Int? { codes.isEmpty ? nil : codes.removeFirst() }
}
