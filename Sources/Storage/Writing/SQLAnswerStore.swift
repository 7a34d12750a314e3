import Domain

/// Answers to repeated requests over either database.
struct SQLAnswerStore: AnswerStore {
    let database: any SQLDatabase

    func forget(takenBefore moment: Timestamp, limit: Int) async throws -> Int {
        try await database.write { session in
            try session.finish([AnswerStatements.expire(before: moment, limit: limit)])[0].count
        }
    }
}
