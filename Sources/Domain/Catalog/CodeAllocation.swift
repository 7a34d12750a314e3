/// Who wants how many codes of a product, and what for.
package struct CodeAllocation: Sendable, Equatable {
    package let product: ProductID
    package let count: Int
    package let change: CodeChange

    /// - Parameter change: Reserves or sells, with a recipient.
    package init(product: ProductID, count: Int, _ change: CodeChange) {
        self.product = product
        self.count = count
        self.change = change
    }
}

/// Codes that something is done to.
package enum CodeSelection: Sendable, Equatable {
    /// `expected` is the version that the caller saw; nil for any.
    case one(CodeID, expected: Int64?)
    case several([CodeID])
    /// All that are reserved for somebody.
    case reserved(for: CodeRecipient)
}

/// A code with its sealed text.
package struct SealedCode: Sendable, Equatable {
    package let code: DigitalCode
    package let sealed: SealedSecret

    package init(code: DigitalCode, sealed: SealedSecret) {
        self.code = code
        self.sealed = sealed
    }
}
