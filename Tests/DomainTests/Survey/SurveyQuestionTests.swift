import Domain
import HubTestKit
import Testing

/// How a customer on another channel is asked, and answers.
@Suite struct SurveyQuestionTests {
    private let question = SurveyQuestion(room: .make(at: Timestamp(milliseconds: 1)), survey: 12)

    private func rows(in language: Language) throws -> [(id: String, title: String)] {
        let sections = question.card(in: language).details["list"]?["sections"]?.array
        let rows = try #require(sections?.first?["rows"]?.array)
        return try rows.map { (try #require($0["id"]?.string), try #require($0["title"]?.string)) }
    }

    @Test(arguments: Language.allCases)
    func whatsAppTakesTheList(_ language: Language) throws {
        let card = question.card(in: language)
        guard case .send(let messages) = OutboundPlan(.message(.card(card), replyTo: nil), by: .hub) else {
            Issue.record("WhatsApp would refuse it")
            return
        }
        #expect(messages.count == 1)
        #expect(try Set(rows(in: language).map(\.title)).count == 5)
    }

    @Test(arguments: Language.allCases)
    func aChosenRowIsAnAnswer(_ language: Language) throws {
        let read = try rows(in: language).map { try #require(SurveyQuestion.answered(byRow: $0.id)) }
        #expect(read.allSatisfy { $0.question == question && $0.answer.survey == 12 && $0.answer.comment == nil })
        #expect(read.map(\.answer.score) == [5, 4, 3, 2, 1])
    }

    @Test func otherRowsAreNone() {
        let room = question.room
        for row in [
            "", "survey", "survey/\(room)/12", "survey/\(room)/12/6", "survey/\(room)/12/0", "survey/x/12/5",
            "survey/\(room)/x/5", "survey/\(room)/12/5/1", "order/\(room)/12/5", "🙂",
        ] {
            #expect(SurveyQuestion.answered(byRow: row) == nil)
        }
    }

    @Test func noticesOfTheHubStayHere() {
        let notice = MessageCard(kind: .notice, text: "goes on", details: ["notice": "goes_on"])
        #expect(OutboundPlan(.message(.card(notice), replyTo: nil), by: .hub) == nil)
    }
}
