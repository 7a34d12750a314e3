/// One socket of this process.
package struct ConnectionID: Sendable, Hashable {
    package let value: UInt64

    package init(_ value: UInt64) {
        self.value = value
    }
}
