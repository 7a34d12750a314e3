/// Finds the name that somebody probably meant.
enum Spelling {
    /// The closest of `names`, if at most a third of it is different.
    static func closest(to name: String, among names: some Collection<String>) -> String? {
        let wanted = Array(name.uppercased().utf8)
        let best = names.sorted()
            .map { (name: $0, distance: distance(wanted, Array($0.utf8))) }
            .min { $0.distance < $1.distance }
        guard let best, best.distance <= max(1, best.name.utf8.count / 3) else { return nil }
        return best.name
    }

    /// How many bytes must be put in, left out, replaced or swapped with their neighbour.
    static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var rows = [Array(0...right.count)]
        for (i, byte) in left.enumerated() {
            var row = [i + 1]
            for (j, other) in right.enumerated() {
                var best = min(row[j] + 1, rows[i][j + 1] + 1, rows[i][j] + (byte == other ? 0 : 1))
                if i > 0, j > 0, byte == right[j - 1], left[i - 1] == other { best = min(best, rows[i - 1][j - 1] + 1) }
                row.append(best)
            }
            rows.append(row)
        }
        return rows[left.count][right.count]
    }
}
