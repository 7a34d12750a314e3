import Domain
import HubTestKit
import Testing

@Suite struct SurveyAnswerTests {
    @Test(arguments: [0, 6, -1, Int64.max])
    func scoresHaveBounds(_ score: Int64) {
        #expect(throws: HubError.self) { try SurveyAnswer(survey: SequenceNumber(1), score: score, comment: nil) }
    }

    @Test func aBlankCommentIsNone() throws {
        #expect(try SurveyAnswer(survey: SequenceNumber(1), score: 5, comment: " \n").comment == nil)
        let long = String(repeating: "ا", count: SurveyAnswer.maxCommentLength + 1)
        #expect(throws: HubError.self) { try SurveyAnswer(survey: SequenceNumber(1), score: 5, comment: long) }
    }
}
