/// SplitMix64: the same numbers on every run, so that a failure can be repeated.
package struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    package init(seed: UInt64) {
        state = seed
    }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// True once in `times` calls on average.
    package mutating func chance(in times: Int) -> Bool {
        Int.random(in: 0..<times, using: &self) == 0
    }

    package mutating func pick<Element>(_ elements: some Collection<Element>) -> Element {
        guard let element = elements.randomElement(using: &self) else {
            preconditionFailure("a test picks from something")
        }
        return element
    }
}
