/// One answer to "How was it?", as lists show it.
package struct Rating: Sendable, Equatable {
    package let room: RoomID
    package let seq: SequenceNumber
    package let at: Timestamp
    package let customer: Participant
    package let answer: SurveyAnswer

    package init(
        room: RoomID,
        seq: SequenceNumber,
        at moment: Timestamp,
        customer: Participant,
        answer: SurveyAnswer
    ) {
        self.room = room
        self.seq = seq
        at = moment
        self.customer = customer
        self.answer = answer
    }

    package var document: [String: JSONValue] {
        [
            "conversation": .string(room.text),
            "seq": .integer(seq.value),
            "at": .string(at.rfc3339),
            "by": customer.json,
            "survey": .integer(answer.survey.value),
            "score": .integer(answer.score),
            "comment": .optional(answer.comment),
        ]
    }
}

/// What a list of ratings can be narrowed down by; nil leaves it as it is.
package struct RatingFilter: Sendable, Equatable {
    package var conversation: RoomID?
    package var since: Timestamp?
    package var until: Timestamp?

    package init() {}
}

package enum RatingSort: String, SortKey {
    case at

    package static let usual = ListOrder(RatingSort.at, isDescending: true)
}
