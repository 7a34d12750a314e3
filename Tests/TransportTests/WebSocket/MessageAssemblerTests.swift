import NIOCore
import Testing

@testable import Transport

@Suite struct MessageAssemblerTests {
    @Test("RFC 6455 section 5.7: a message in two fragments, and a ping")
    func examples() throws {
        let events = try Transcript.events([
            .text("Hel", isFinal: false), .continuation(Array("lo".utf8)), .ping(Array("Hello".utf8)),
        ])
        #expect(events == [.text("Hello"), .ping(Array("Hello".utf8))])
    }

    @Test("A whole conversation means the same in portions of 1…n bytes")
    func dripping() throws {
        let long = String(repeating: "السلام عليكم 👋 ", count: 20)
        let frames: [ClientFrame] = [
            .text("مرحبا"), .text(""), .ping([1, 2, 3]), .text("ab", isFinal: false), .ping(),
            .continuation(Array("cd".utf8), isFinal: false), .pong([9]), .continuation([]), .binary([0xFF, 0x00]),
            .text(long), .binary([], isFinal: false), .continuation([7]), .close(1000, Array("وداعا".utf8)),
        ]
        let expected: [InboundEvent] = [
            .text("مرحبا"), .text(""), .ping([1, 2, 3]), .ping([]), .pong([9]), .text("abcd"), .binary([0xFF, 0x00]),
            .text(long), .binary([7]), .close(CloseFrame(.normal, "وداعا")),
        ]
        let bytes = frames.flatMap(\.bytes)
        for portion in 0...bytes.count {
            #expect(try Transcript.events(bytes, portion: portion) == expected)
        }
    }

    @Test("Control frames between any fragments of a text cut at any byte")
    func interleaving() throws {
        let text = Array("aسلام😀z".utf8)
        let control: [(ClientFrame, InboundEvent)] = [(.ping([1]), .ping([1])), (.pong(), .pong([]))]
        for first in 0...text.count {
            for second in first...text.count {
                for (frame, event) in control {
                    let events = try Transcript.events([
                        ClientFrame(opcode: 0x1, payload: Array(text[..<first]), isFinal: false), frame,
                        .continuation(Array(text[first..<second]), isFinal: false), frame, frame,
                        .continuation(Array(text[second...])), frame,
                    ])
                    #expect(events == [event, event, event, .text(ByteBuffer(bytes: text)), event])
                }
            }
        }
    }

    @Test("What every opcode means with and without a message under way")
    func stateTimesInput() throws {
        let open: [(name: String, frames: [ClientFrame])] = [
            ("none", []), ("text", [.text("a", isFinal: false)]), ("binary", [.binary([1], isFinal: false)]),
        ]
        let inputs: [ClientFrame] = [
            .continuation(Array("b".utf8)), .continuation([], isFinal: false), .text("c"), .binary([2]), .ping(),
            .pong(),
            .close(1000),
        ]
        let expected: [String: [[InboundEvent]]] = [
            "none": [
                [.violation(.nothingToContinue)], [.violation(.nothingToContinue)], [.text("c")], [.binary([2])],
                [.ping([])], [.pong([])], [.close(CloseFrame(.normal))],
            ],
            "text": [
                [.text("ab")], [], [.violation(.messageNotFinished)], [.violation(.messageNotFinished)], [.ping([])],
                [.pong([])], [.close(CloseFrame(.normal))],
            ],
            "binary": [
                [.binary([1, 0x62])], [], [.violation(.messageNotFinished)], [.violation(.messageNotFinished)],
                [.ping([])], [.pong([])], [.close(CloseFrame(.normal))],
            ],
        ]
        for (name, frames) in open {
            for (index, input) in inputs.enumerated() {
                #expect(try Transcript.events(frames + [input]) == expected[name]?[index])
            }
        }
    }

    @Test func nothingComesAfterACloseOrAViolation() throws {
        #expect(
            try Transcript.events([.close(1001), .text("late"), .ping()]) == [
                .close(CloseFrame(.goingAway))
            ]
        )
        #expect(
            try Transcript.events([.continuation([1]), .text("late"), .close(1000)]) == [
                .violation(.nothingToContinue)
            ]
        )
        #expect(
            try Transcript.events(ClientFrame.close(1000).bytes + [0xFF, 0xFF, 0xFF]) == [
                .close(CloseFrame(.normal))
            ]
        )
    }

    @Test func binaryIsRefusedByItsHeader() throws {
        let header = ClientFrame(opcode: 0x2, announcedBytes: 1_000).bytes
        #expect(try Transcript.events(header, acceptsBinary: false) == [.violation(.binaryRefused)])
        #expect(ProtocolViolation.binaryRefused.code == .unsupportedData)
    }

    @Test func aMessageOverTheLimitIsRefusedByTheHeaderThatCrossesIt() throws {
        let limits = Transcript.limits(frame: 10, message: 12)
        let begun = [ClientFrame.text("0123456789", isFinal: false)]
        #expect(
            try Transcript.events(begun + [.continuation(Array("ab".utf8))], limits: limits) == [.text("0123456789ab")])
        let over = begun.flatMap(\.bytes) + ClientFrame(opcode: 0, announcedBytes: 3).bytes
        #expect(try Transcript.events(over, limits: limits) == [.violation(.messageTooLarge)])
        let frame = ClientFrame(opcode: 1, announcedBytes: 11).bytes
        #expect(try Transcript.events(frame, limits: limits) == [.violation(.frameTooLarge)])
    }

    @Test func endlessEmptyFragmentsHoldNoMemory() throws {
        let frames =
            [ClientFrame.text("", isFinal: false)] + Array(repeating: .continuation([], isFinal: false), count: 1_000)
        #expect(try Transcript.events(frames) == [])
    }

    @Test func brokenTextFailsBeforeItsFrameIsWhole() throws {
        let bytes = ClientFrame(opcode: 1, payload: Array("ok".utf8) + [0xED, 0xA0], announcedBytes: 1_000).bytes
        #expect(try Transcript.events(bytes) == [.violation(.invalidUTF8)])
        #expect(
            try Transcript.events([.text("a", isFinal: false), .continuation([0xFF], isFinal: false)]) == [
                .violation(.invalidUTF8)
            ])
    }

    @Test func textMustEndBetweenTwoCharacters() throws {
        #expect(try Transcript.events([ClientFrame(opcode: 1, payload: [0xD8])]) == [.violation(.invalidUTF8)])
        let frames = [ClientFrame(opcode: 1, payload: [0xF0, 0x9F], isFinal: false), .continuation([0x98])]
        #expect(try Transcript.events(frames) == [.violation(.invalidUTF8)])
        // Binary messages are anything, and leave nothing behind for the text after them.
        #expect(try Transcript.events([.binary([0xF0, 0x9F]), .text("ok")]) == [.binary([0xF0, 0x9F]), .text("ok")])
    }

    @Test("Every close code there is", arguments: [0...2_999, 3_000...5_100, 65_000...65_535])
    func closeCodes(range: ClosedRange<Int>) throws {
        for number in range {
            let code = CloseCode(rawValue: UInt16(number))
            let isAllowed =
                [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014].contains(number)
                || (3_000...4_999).contains(number)
            var payload = ByteBuffer(integer: UInt16(number))
            payload.writeString("bye")
            do {
                let frame = try CloseFrame(payload: payload)
                #expect(isAllowed && frame == CloseFrame(code, "bye"))
            } catch {
                #expect(!isAllowed && error == .closeCodeInvalid)
            }
        }
    }

    @Test func closePayloads() throws {
        #expect(try Transcript.events([ClientFrame(opcode: 8)]) == [.close(.empty)])
        #expect(try Transcript.events([ClientFrame(opcode: 8, payload: [3])]) == [.violation(.closePayloadTooShort)])
        #expect(try Transcript.events([.close(1005)]) == [.violation(.closeCodeInvalid)])
        #expect(try Transcript.events([.close(1000, [0xC3])]) == [.violation(.closeReasonInvalid)])
        #expect(try Transcript.events([.close(1000, [0xED, 0xA0, 0x80])]) == [.violation(.closeReasonInvalid)])
        let reason = [UInt8](repeating: 0x61, count: CloseFrame.maxReasonBytes)
        #expect(
            try Transcript.events([.close(4000, reason)]) == [
                .close(CloseFrame(CloseCode(rawValue: 4000), String(decoding: reason, as: UTF8.self)))
            ])
        #expect(try Transcript.events([.close(4000, reason + [0x61])]) == [.violation(.oversizedControl)])
    }

    @Test func theReceiveBufferIsNotHeld() throws {
        var assembler = MessageAssembler(limits: SocketLimits(), deflate: nil)
        let shared = try SharedDeflate()
        var input = ByteBuffer(bytes: ClientFrame.text("hello").bytes)
        let event = assembler.next(from: &input, shared: shared)
        input.clear()
        input.writeRepeatingByte(0, count: 64)
        #expect(event == .text("hello"))
    }

    @Test func anIdleConnectionCostsLittle() {
        #expect(MemoryLayout<MessageAssembler>.size <= 208)
        #expect(MemoryLayout<CloseMachine>.size <= 32)
        #expect(MemoryLayout<KeepAliveMachine>.size <= 40)
    }

    @Test("Each violation has a code that may travel and a reason that fits", arguments: ProtocolViolation.allCases)
    func violationsFitIntoACloseFrame(violation: ProtocolViolation) {
        #expect(violation.code.mayTravel)
        #expect((1...CloseFrame.maxReasonBytes).contains(violation.reason.utf8.count))
    }
}
