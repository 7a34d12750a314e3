import NIOCore
import Testing
import Transport

@Suite struct BriefReceiveBuffersTests {
    private let allocator = ByteBufferAllocator()

    @Test func onlyTheFirstBufferIsTiny() {
        var buffers = BriefReceiveBuffers()
        #expect(buffers.buffer(allocator: allocator).capacity == 16)
        let mayGrow = buffers.record(actualReadBytes: 16)
        #expect(mayGrow)
        #expect(buffers.buffer(allocator: allocator).capacity == 512)
    }

    @Test func readsThatFillTheirBufferGrowAndShrinkAtOnce() {
        var buffers = BriefReceiveBuffers()
        var capacities: [Int] = []
        for _ in 0..<10 {
            let capacity = buffers.buffer(allocator: allocator).capacity
            capacities.append(capacity)
            _ = buffers.record(actualReadBytes: capacity)
        }
        #expect(capacities == [16, 512, 1024, 2048, 4096, 8192, 16_384, 32_768, 65_536, 65_536])
        _ = buffers.record(actualReadBytes: 65_535)
        #expect(buffers.buffer(allocator: allocator).capacity == 512)
    }

    /// What NIO promises: such buffers are not read into again, so a handler may keep what it got.
    @Test func aChannelKeepsNoneButTheFirst() {
        var pool = NIOPooledRecvBufferAllocator(capacity: 1, recvAllocator: BriefReceiveBuffers())
        for round in 0..<5 {
            let (buffer, _) = pool.buffer(allocator: allocator) { $0.writeRepeatingByte(1, count: 10) }
            pool.record(actualReadBytes: 10)
            #expect(buffer.capacity == (round == 0 ? 16 : 512))
            #expect(pool.count == 1)
        }
    }
}
