import CLinux
import Glibc

/// Thousands of client sockets on one thread, over epoll.
///
/// Made to cost less than any server: one read buffer for all, no task, no allocation per message.
final class Swarm {
    private static let inputBytes = 1 << 20
    private static let mostEvents = 1024

    unowned var listener: (any SwarmListener)!
    private(set) var links: [Link] = []
    /// Bytes of data frames with their heads, since the beginning.
    private(set) var receivedFrameBytes = 0

    private let port: Int
    private let deflate: Bool
    private let inflater = Inflater()
    private let poller = epoll_create1(0)
    private let input = UnsafeMutableRawBufferPointer.allocate(byteCount: inputBytes, alignment: 16)
    private let events = UnsafeMutableBufferPointer<epoll_event>.allocate(capacity: mostEvents)

    init(port: Int, deflate: Bool) {
        self.port = port
        self.deflate = deflate
    }

    deinit {
        for link in links where link.state != .closed {
            Glibc.close(link.descriptor)
        }
        Glibc.close(poller)
        input.deallocate()
        events.deallocate()
    }

    /// Makes room for a socket and returns its index.
    func add() -> Int {
        links.append(Link())
        return links.count - 1
    }

    /// Begins to connect; `receiveBytes` makes the kernel's receive buffer small.
    func open(_ index: Int, path: String, receiveBytes: Int32? = nil) throws(LoadError) {
        let descriptor = try Connector.connect(to: port, from: index, receiveBytes: receiveBytes)
        links[index] = Link(state: .connecting, descriptor: descriptor)
        links[index].unsent = Handshake.request(path: path, port: port, deflate: deflate)
        watch(index, EPOLL_CTL_ADD)
    }

    /// Drops the connection without a close frame, as a phone does that lost its network.
    func drop(_ index: Int) {
        guard links[index].state != .closed else { return }
        Glibc.close(links[index].descriptor)
        links[index] = Link()
    }

    func send(_ text: String, on index: Int) throws(LoadError) {
        try write(ClientFrame.text(text), on: index)
    }

    /// Stops or goes on reading a socket.
    func read(_ index: Int, _ isReading: Bool) {
        links[index].isReading = isReading
        watch(index, EPOLL_CTL_MOD)
    }

    /// Waits until something happens or `deadline` has come, and handles what happened.
    func poll(until deadline: UInt64) throws(LoadError) {
        let now = MonotonicTime.now
        let patience = deadline > now ? deadline - now : 0
        var wait = timespec(tv_sec: Int(patience / 1_000_000_000), tv_nsec: Int(patience % 1_000_000_000))
        let count = epoll_pwait2(poller, events.baseAddress, Int32(Self.mostEvents), &wait, nil)
        guard count >= 0 || errno == EINTR else { throw LoadError("epoll failed: \(errno)") }
        for event in events.prefix(Int(max(count, 0))) {
            let index = Int(event.data.u64)
            if event.events & EPOLLOUT.rawValue != 0 {
                try write([], on: index)
            }
            if event.events & ~EPOLLOUT.rawValue != 0, links[index].state != .closed {
                try readable(index)
            }
        }
    }

    private func watch(_ index: Int, _ operation: Int32) {
        var event = epoll_event()
        event.data.u64 = UInt64(index)
        event.events = links[index].isReading ? EPOLLIN.rawValue : 0
        if !links[index].unsent.isEmpty {
            event.events |= EPOLLOUT.rawValue
        }
        epoll_ctl(poller, operation, links[index].descriptor, &event)
    }

    private func write(_ bytes: [UInt8], on index: Int) throws(LoadError) {
        let wasBlocked = !links[index].unsent.isEmpty
        let pending = wasBlocked ? links[index].unsent + bytes : bytes
        let sent = Glibc.send(links[index].descriptor, pending, pending.count, Int32(MSG_NOSIGNAL))
        if sent < 0, errno != EAGAIN, errno != EINTR {
            return try end(index, code: nil)
        }
        links[index].unsent = Array(pending.dropFirst(max(sent, 0)))
        if wasBlocked || !links[index].unsent.isEmpty {
            watch(index, EPOLL_CTL_MOD)
        }
    }

    private func end(_ index: Int, code: Int?) throws(LoadError) {
        let wasConnecting = links[index].state == .connecting
        drop(index)
        guard !wasConnecting else { throw LoadError("the server ended a connection within its handshake") }
        try listener.closed(index, code: code)
    }

    private func readable(_ index: Int) throws(LoadError) {
        let held = links[index].rest.count
        if held > 0 {
            input.copyBytes(from: links[index].rest)
            links[index].rest.removeAll(keepingCapacity: true)
        }
        guard held < Self.inputBytes else { throw LoadError("a message is larger than \(Self.inputBytes) bytes") }
        let count = recv(links[index].descriptor, input.baseAddress! + held, Self.inputBytes - held, 0)
        guard count > 0 else {
            guard count < 0, errno == EAGAIN || errno == EINTR else { return try end(index, code: nil) }
            links[index].rest = Array(input[..<held])
            return
        }
        let bytes = UnsafeRawBufferPointer(rebasing: input[..<(held + count)])
        var offset = 0
        if links[index].state == .connecting {
            guard let used = try Handshake.answerByteCount(in: bytes, deflate: deflate) else {
                links[index].rest = Array(bytes)
                return
            }
            offset = used
            links[index].state = .open
            try listener.opened(index)
        }
        while let frame = try ServerFrame.next(in: bytes, from: offset) {
            let frameBytes = frame.payload.upperBound - offset
            offset = frame.payload.upperBound
            try handle(frame, UnsafeRawBufferPointer(rebasing: bytes[frame.payload]), frameBytes, on: index)
            guard links[index].state == .open else { return }
        }
        if offset < bytes.count {
            links[index].rest.append(contentsOf: bytes[offset...])
        }
    }

    private func handle(
        _ frame: ServerFrame,
        _ payload: UnsafeRawBufferPointer,
        _ frameBytes: Int,
        on index: Int
    ) throws(LoadError) {
        switch frame.kind {
        case .text, .binary:
            receivedFrameBytes += frameBytes
            guard frame.isCompressed else { return try listener.received(payload, on: index) }
            let outcome = try inflater.message(payload).withUnsafeBytes { message in
                Result { () throws(LoadError) in try listener.received(message, on: index) }
            }
            try outcome.get()
        case .ping:
            try write(ClientFrame.pong(payload), on: index)
        case .pong:
            break
        case .close:
            try end(index, code: payload.count >= 2 ? Int(payload[0]) << 8 | Int(payload[1]) : nil)
        }
    }
}
