/// The words of a message that hands codes to a customer, and which codes stand in them.
package struct CodeText: Sendable, Equatable {
    package struct Mark: Sendable, Equatable {
        package let id: CodeID
        /// The name of its product, as the customer sees it.
        package let product: String

        package init(_ id: CodeID, product: String) {
            self.id = id
            self.product = product
        }

        var json: JSONValue { ["id": .string(id.text), "product": .string(product)] }

        init?(json: JSONValue) {
            guard let id = json["id"]?.string.flatMap(CodeID.init), let product = json["product"]?.string else {
                return nil
            }
            self.init(id, product: product)
        }
    }

    package let text: String
    package let marks: [Mark]

    /// Throws `too_large` when the text is longer than a message may be.
    package init(_ text: String, marks: [Mark]) throws(HubError) {
        _ = try MessageBody.checkedText(text)
        self.text = text
        self.marks = marks
    }

    package var json: JSONValue { ["text": .string(text), "codes": .array(marks.map(\.json))] }

    /// Nil for a text without codes.
    package init?(json: JSONValue) {
        guard let text = json["text"]?.string, let marks = json["codes"]?.array else { return nil }
        self.text = text
        self.marks = marks.compactMap(Mark.init(json:))
    }

    /// What is told of it where no code may be: `2 × بطاقة آيتونز`.
    package var summary: String {
        var counts: [(product: String, count: Int)] = []
        for mark in marks {
            if let place = counts.firstIndex(where: { $0.product == mark.product }) {
                counts[place].count += 1
            } else {
                counts.append((mark.product, 1))
            }
        }
        return counts.map { "\($0.count) × \($0.product)" }.joined(separator: ", ")
    }
}
