package import Domain

extension SequenceNumber: ExpressibleByIntegerLiteral {
    package init(integerLiteral value: Int64) { self.init(value) }
}

extension MID: ExpressibleByStringInterpolation {
    package init(stringLiteral text: String) {
        guard let mid = MID(text) else { preconditionFailure("the test's mid is malformed: \(text)") }
        self = mid
    }
}

extension ID {
    /// The id with this number in place of time and chance.
    package static func sample(_ number: Int) -> Self {
        let digits = String(number)
        let zeros = String(repeating: "0", count: 26 - digits.utf8.count)
        guard let id = Self(Kind.prefix + zeros + digits) else {
            preconditionFailure("\(number) makes no id")
        }
        return id
    }
}
