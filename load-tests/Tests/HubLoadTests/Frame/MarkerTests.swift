import Testing

@testable import HubLoad

@Suite struct MarkerTests {
    private func markers(in text: String) -> [Marker] {
        Array(text.utf8).withUnsafeBytes { bytes in
            var offset = 0
            var found: [Marker] = []
            while let marker = Marker.next(in: bytes, from: &offset) {
                found.append(marker)
            }
            return found
        }
    }

    @Test func isReadAsItWasWritten() {
        let marker = Marker(stamp: 0x0123_4567_89AB_CDEF, number: .max)
        #expect(marker.text == "~0123456789abcdefffffffff")
        #expect(marker.text.utf8.count == Marker.byteCount)
        #expect(markers(in: marker.text) == [marker])
    }

    @Test func isFoundInEachEventOfABatch() {
        let first = Marker(stamp: 1, number: 1)
        let second = Marker(stamp: 2, number: 2)
        let event = #"{"ev":"msg","body":{"text":"\#(first.text) hello"}}"#
        #expect(markers(in: "[\(event),{\"text\":\"\(second.text)\"}]") == [first, second])
    }

    @Test func isNotSeenWhereThereIsNone() {
        #expect(markers(in: "") == [])
        #expect(markers(in: "~") == [])
        #expect(markers(in: "~0123456789abcdef0000000") == [])
        #expect(markers(in: "a ~ b " + String(repeating: "x", count: 40)) == [])
    }

    @Test func isFoundBehindAStrayTilde() {
        let marker = Marker(stamp: 7, number: 3)
        #expect(markers(in: "~~\(marker.text)") == [marker])
        #expect(markers(in: "~00zz \(marker.text)") == [marker])
    }
}
