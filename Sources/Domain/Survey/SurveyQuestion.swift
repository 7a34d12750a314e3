/// "How was it?" as a list to choose from, for a channel that has no faces to press.
package struct SurveyQuestion: Sendable, Equatable {
    package let room: RoomID
    /// The event that asked.
    package let survey: SequenceNumber

    package init(room: RoomID, survey: SequenceNumber) {
        self.room = room
        self.survey = survey
    }

    /// The best first, as it is the first that is read.
    package func card(in language: Language) -> MessageCard {
        let words = Words(language)
        let rows = SurveyAnswer.scores.reversed().map { score -> JSONValue in
            .object(["id": .string(row(score)), "title": .string(words.title(of: score))])
        }
        let list: JSONValue = .object([
            "button": .string(words.button), "sections": .array([.object(["rows": .array(rows)])]),
        ])
        return MessageCard(kind: .interactive, text: words.question, details: ["list": list])
    }

    /// What a row is sent with, and comes back with when it is chosen.
    func row(_ score: Int64) -> String { "\(Self.mark)/\(room)/\(survey)/\(score)" }

    private static let mark = "survey"
}

extension SurveyQuestion {
    /// The question that a chosen row answers, and the score; nil for a row of another list.
    package static func answered(byRow row: String) -> (question: SurveyQuestion, answer: SurveyAnswer)? {
        let parts = row.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 4, parts[0] == mark, let room = RoomID(String(parts[1])),
            let survey = Int64(parts[2]).map(SequenceNumber.init), let score = Int64(parts[3]),
            let answer = try? SurveyAnswer(survey: survey, score: score, comment: nil)
        else { return nil }
        return (SurveyQuestion(room: room, survey: survey), answer)
    }

    private struct Words {
        let question: String
        let button: String
        /// From the worst to the best.
        let scores: [String]

        init(_ language: Language) {
            switch language {
            case .arabic:
                question = "كيف كانت خدمتنا؟"
                button = "قيّم الخدمة"
                scores = ["سيئة جدًا", "سيئة", "مقبولة", "جيدة", "ممتازة"]
            case .english:
                question = "How was it?"
                button = "Rate it"
                scores = ["Very bad", "Bad", "Fair", "Good", "Very good"]
            }
        }

        func title(of score: Int64) -> String { "\(scores[Int(score) - 1]) (\(score)/5)" }
    }
}
