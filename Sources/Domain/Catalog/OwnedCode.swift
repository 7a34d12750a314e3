/// A code that a customer owns, and the name of its product.
package struct OwnedCode: Sendable, Equatable {
    package let code: DigitalCode
    package let product: String

    package init(code: DigitalCode, product: String) {
        self.code = code
        self.product = product
    }
}
