/// Counts refused sign-ins, and says which of them the audit log is to tell.
///
/// In each window the first, second, fourth, eighth, … refusal of one account from one network is told, with how many
/// there were: a flood of n attempts makes about log2 n entries. What is beyond `maxKeys` is counted together.
package struct RefusalTally: Sendable {
    package struct Key: Sendable, Hashable {
        /// Nil for an e-mail that nobody has.
        let account: UserID?
        let network: NetworkAddress?
    }

    private let window: Duration
    private let maxKeys: Int
    private var start: Timestamp?
    private var counts: [Key: Int] = [:]
    private var others = 0

    package init(window: Duration = .seconds(600), maxKeys: Int = 100) {
        self.window = window
        self.maxKeys = maxKeys
    }

    /// How many refusals there were in this window, when that is to be told; else nil.
    package mutating func refused(_ account: UserID?, from address: NetworkAddress?, at now: Timestamp) -> Int? {
        if let start, now >= start, now < start + window {
            // The window goes on.
        } else {
            start = now
            counts = [:]
            others = 0
        }
        let key = Key(account: account, network: address?.network)
        let count: Int
        if counts[key] != nil || counts.count < maxKeys {
            count = counts[key, default: 0] + 1
            counts[key] = count
        } else {
            others += 1
            count = others
        }
        return count.nonzeroBitCount == 1 ? count : nil
    }
}
