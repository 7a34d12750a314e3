/// Mixes rankings of the same things that cannot be compared by their scores.
///
/// Each ranking gives a thing `1 / (constant + place)`, and the sum decides. What several rankings know is before what
/// only one puts first. Source: Cormack, Clarke, Büttcher, "Reciprocal Rank Fusion" (2009), with its constant.
package enum RankFusion {
    package static let constant = 60.0

    /// Each thing once, the best first; between equals the earlier ranking decides.
    package static func fused<Key: Hashable>(_ rankings: [[Key]], constant: Double = Self.constant) -> [Key] {
        var scores: [Key: Double] = [:]
        var order: [Key] = []
        for ranking in rankings {
            var seen: Set<Key> = []
            for key in ranking where seen.insert(key).inserted {
                if scores[key] == nil { order.append(key) }
                scores[key, default: 0] += 1 / (constant + Double(seen.count))
            }
        }
        let first = order.enumerated().reduce(into: [Key: Int]()) { $0[$1.element] = $1.offset }
        return order.sorted { left, right in
            (scores[left] ?? 0, first[right] ?? 0) > (scores[right] ?? 0, first[left] ?? 0)
        }
    }
}
