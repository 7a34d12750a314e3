/// How a customer found it, once their conversation was resolved.
package struct SurveyAnswer: Sendable, Equatable {
    package static let scores: ClosedRange<Int64> = 1...5
    /// In characters.
    package static let maxCommentLength = 1000

    /// The event that asked.
    package let survey: SequenceNumber
    /// From 1, bad, to 5, good.
    package let score: Int64
    package let comment: String?

    /// Throws `invalid`. A blank comment is none.
    package init(survey: SequenceNumber, score: Int64, comment: String?) throws(HubError) {
        guard Self.scores.contains(score) else {
            throw .invalid([FieldProblem("/score", "range", "must be from 1 to 5")])
        }
        let comment = comment.flatMap { $0.allSatisfy(\.isWhitespace) ? nil : $0 }
        guard (comment?.count ?? 0) <= Self.maxCommentLength else {
            throw .invalid([FieldProblem("/comment", "too_long", "takes at most \(Self.maxCommentLength) characters")])
        }
        self.survey = survey
        self.score = score
        self.comment = comment
    }

    var json: JSONValue {
        var members: [String: JSONValue] = ["survey": .integer(survey.value), "score": .integer(score)]
        members["comment"] = comment.map { .string($0) }
        return .object(members)
    }

    init?(json: JSONValue) {
        guard let survey = json["survey"]?.integer, let score = json["score"]?.integer,
            let answer = try? SurveyAnswer(
                survey: SequenceNumber(survey), score: score, comment: json["comment"]?.string)
        else { return nil }
        self = answer
    }
}
