import Actors
import Domain
import NIOCore
import Wire

/// A publication as bytes for one audience: framed once and compressed at most once, however many get it.
struct Edition {
    private let pushes: [EncodedPush]
    private let audience: Audience
    /// Made when the first member needs them.
    private var frames: ContiguousArray<SharedFrame> = []
    private var isCompressed = false
    private var plain = TurnOutput.noLink
    private var compressed = TurnOutput.noLink

    init(of content: Publication.Content, for audience: Audience) {
        self.audience = audience
        switch content {
        case .events(_, _, let pushes): self.pushes = pushes
        case .latest(let push, _), .droppable(let push): pushes = [push]
        }
    }

    /// All frames in a row as bytes of this turn, in a form that sockets share.
    mutating func segment(_ form: SocketPort.Form, _ turn: inout TurnOutput, _ deflate: LoopDeflate) -> Int32 {
        switch form {
        case .plain, .own:
            if plain == TurnOutput.noLink { plain = turn.keep(row(.none, deflate)) }
            return plain
        case .compressed:
            if compressed == TurnOutput.noLink { compressed = turn.keep(row(.shared(maxTextBytes: .max), deflate)) }
            return compressed
        }
    }

    /// The frames one by one, for a socket that has something else in the way.
    mutating func frames(for compression: OutboundCompression, _ deflate: LoopDeflate) -> ContiguousArray<SharedFrame> {
        if frames.isEmpty { frames = ContiguousArray(pushes.map { SharedFrame(text: $0[audience]) }) }
        if case .shared = compression, !isCompressed {
            isCompressed = true
            for index in frames.indices {
                frames[index].compress(with: deflate.streams, thresholdBytes: deflate.thresholdBytes)
            }
        }
        return frames
    }

    private mutating func row(_ compression: OutboundCompression, _ deflate: LoopDeflate) -> ByteBuffer {
        let frames = frames(for: compression, deflate).lazy.compactMap { $0.bytes(for: compression) }
        guard frames.count > 1 else { return frames.first ?? ByteBuffer() }
        var row = ByteBuffer()
        row.reserveCapacity(frames.reduce(0) { $0 + $1.readableBytes })
        for frame in frames { row.writeImmutableBuffer(frame) }
        return row
    }
}

/// What an event loop compresses with.
struct LoopDeflate {
    let streams: SharedDeflate
    let thresholdBytes: Int
}
