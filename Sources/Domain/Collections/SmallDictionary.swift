/// A dictionary that mostly has one entry, which it keeps without a heap block of its own.
///
/// A visitor has one connection, which is in one room, in which nobody else is. Further entries go to the heap.
package struct SmallDictionary<Key: Hashable, Value> {
    private var first: (key: Key, value: Value)?
    private var others: [Key: Value] = [:]

    package init() {}

    package var isEmpty: Bool { first == nil && others.isEmpty }

    package var count: Int { (first == nil ? 0 : 1) + others.count }

    /// Setting nil removes the entry.
    package subscript(_ key: Key) -> Value? {
        get {
            if let first, first.key == key { return first.value }
            return others.isEmpty ? nil : others[key]
        }
        _modify {
            guard belongsFirst(key) else {
                yield &others[key]
                return
            }
            // Taken out meanwhile, so that what the value holds is changed in place and not copied.
            var value = first?.value
            first = nil
            defer { first = value.map { (key, $0) } }
            yield &value
        }
    }

    /// Returns the value that was there.
    @discardableResult
    package mutating func updateValue(_ value: Value, forKey key: Key) -> Value? {
        let old = self[key]
        self[key] = value
        return old
    }

    @discardableResult
    package mutating func removeValue(forKey key: Key) -> Value? {
        let old = self[key]
        if old != nil { self[key] = nil }
        return old
    }

    private func belongsFirst(_ key: Key) -> Bool {
        guard let first else { return others.isEmpty || others[key] == nil }
        return first.key == key
    }
}

extension SmallDictionary: Sequence {
    package func makeIterator() -> some IteratorProtocol<(key: Key, value: Value)> {
        var first = first
        var others = others.makeIterator()
        return AnyIterator {
            defer { first = nil }
            return first ?? others.next()
        }
    }

    package var values: some Sequence<Value> { lazy.map(\.value) }
}

extension SmallDictionary: Sendable where Key: Sendable, Value: Sendable {}
