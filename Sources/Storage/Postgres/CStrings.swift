/// Calls `body` with C strings that live as long as the call; nil stays a null pointer.
///
/// No text may hold U+0000, which would cut it short.
func withCStrings<Result>(
    _ texts: [String?],
    _ body: (UnsafePointer<UnsafePointer<CChar>?>) throws -> Result
) rethrows -> Result {
    var bytes: [CChar] = []
    var offsets: [Int?] = []
    offsets.reserveCapacity(texts.count)
    for text in texts {
        guard let text else {
            offsets.append(nil)
            continue
        }
        offsets.append(bytes.count)
        bytes.append(contentsOf: text.utf8CString)
    }
    return try bytes.withUnsafeBufferPointer { buffer in
        let pointers = offsets.map { offset -> UnsafePointer<CChar>? in
            guard let offset, let base = buffer.baseAddress else { return nil }
            return base + offset
        }
        return try pointers.withUnsafeBufferPointer { list in
            guard let first = list.baseAddress else {
                return try withUnsafePointer(to: nil as UnsafePointer<CChar>?, body)
            }
            return try body(first)
        }
    }
}
