import Actors
import Domain
import Hummingbird

/// How customers found it.
struct RatingRoutes: EndpointGroup {
    let ratings: any RatingStore
    let rooms: any RoomStore
    let gateway: any RoomGateway

    let title = "Ratings"

    var endpoints: [Endpoint] {
        [
            .list(
                "/ratings", "listRatings", "Answers of customers, the latest first.", of: RatingDescription.resource,
                right: .chat, sorts: RatingSort.self, filters: RatingDescription.filters, isSearchable: false,
                run: list),
            Endpoint(
                method: .post,
                path: "/conversations/{conversation}/rating",
                id: "rateConversation",
                summary: "The customer's answer to a survey, once for each. It opens nothing.",
                access: .signedIn(.chat, rate),
                body: .json(RatingDescription.answer),
                answers: [
                    .init(status: .ok, note: "It is kept.", content: .json(RatingDescription.kept)), .conflict,
                ]
            ),
        ]
    }

    private func list(_ call: Call) async throws -> Response {
        let request: ListRequest<RatingSort, _> = try ListParameters.request(
            call.query, filter: RatingDescription.filter(call.query))
        return .page(try await ratings.ratings(request), of: request, document: \.document)
    }

    private func rate(_ visit: Visit, _ principal: Principal) async throws -> Response {
        let room = try visit.id("conversation", as: RoomID.self)
        try await gateway.authorize(principal, in: room)
        guard case .visitor(let visitor) = principal else {
            throw HubError.forbidden("only the customer of a conversation rates it")
        }
        let answer = try SurveyAnswer(
            survey: SequenceNumber(visit.body.integer("survey") ?? 0),
            score: visit.body.integer("score") ?? 0,
            comment: visit.body.text("comment")
        )
        let before = SequenceNumber(answer.survey.value - 1)
        guard try await rooms.events(of: room, after: before, limit: 1).first?.isSurvey(answer.survey) == true else {
            throw HubError.invalid([FieldProblem("/survey", "conflict", "nothing was asked there")])
        }
        let draft = Draft(
            author: visitor.participant, mid: .following(answer.survey, "rating"), content: .rating(answer))
        do {
            let receipt = try await gateway.append(draft, to: room)
            return .json { writer in
                writer.value(.object(["seq": .integer(receipt.seq.value), "at": .string(receipt.at.rfc3339)]))
            }
        } catch let error as HubError where error.code == .midConflict {
            throw HubError.conflict("you have answered already: thank you")
        }
    }
}

extension RoomEvent {
    fileprivate func isSurvey(_ number: SequenceNumber) -> Bool { seq == number && content == .survey }
}
