import HubTestKit
import Testing

@testable import Domain

@Suite struct EmbeddingTests {
    private static func vector(_ numbers: Float...) throws -> EmbeddingVector {
        try #require(EmbeddingVector(numbers))
    }

    // MARK: Vectors

    @Test func aVectorIsADirection() throws {
        #expect(try Self.vector(3, 4).numbers == [0.6, 0.8])
        #expect(try Self.vector(1, 0).likeness(to: Self.vector(2, 0)) == 1)
        #expect(try Self.vector(1, 0).likeness(to: Self.vector(0, 5)) == 0)
        #expect(try Self.vector(1, 0).likeness(to: Self.vector(-5, 0)) == -1)
        #expect(try Self.vector(1, 0).likeness(to: Self.vector(1, 0, 0)) == nil)
        for wrong: [Float] in [[], [0, 0], [.nan, 1], [.infinity], Array(repeating: 1, count: 16_385)] {
            #expect(EmbeddingVector(wrong) == nil)
        }
    }

    @Test(arguments: [1, 7, 8, 9, 64, 1537])
    func likenessIsTheSumOfProducts(_ count: Int) throws {
        var random = SeededRandom(seed: UInt64(count))
        let numbers = (0..<2).map { _ in (0..<count).map { _ in Float.random(in: -1...1, using: &random) } }
        let (left, right) = (try #require(EmbeddingVector(numbers[0])), try #require(EmbeddingVector(numbers[1])))
        let plain = zip(left.numbers, right.numbers).reduce(0) { $0 + $1.0 * $1.1 }
        #expect(abs(try #require(left.likeness(to: right)) - plain) < 0.0001)
    }

    @Test func bytesAreFloat32WithTheLowestByteFirst() throws {
        #expect(try Self.vector(1, 0).bytes == [0, 0, 0x80, 0x3F, 0, 0, 0, 0])
        let vector = try Self.vector(0.5, -0.25, 7)
        let read = try #require(EmbeddingVector(bytes: vector.bytes))
        #expect(try #require(read.likeness(to: vector)) > 0.99999)
        #expect(EmbeddingVector(bytes: [0, 0, 0x80]) == nil && EmbeddingVector(bytes: []) == nil)
    }

    // MARK: Answers

    private static func answer(_ items: String...) throws -> JSONValue {
        try JSONParser.parse(#"{"object":"list","data":[\#(items.joined(separator: ","))]}"#, maxDepth: 8)
    }

    @Test func vectorsArePutBackByTheirIndex() throws {
        let json = try Self.answer(#"{"index":1,"embedding":[0,1]}"#, #"{"index":0,"embedding":[1.0,0]}"#)
        #expect(try EmbeddingAnswer.vectors(json, count: 2) == [Self.vector(1, 0), Self.vector(0, 1)])
        let plain = try Self.answer(#"{"embedding":[0,1]}"#, #"{"embedding":[1,0]}"#)
        #expect(try EmbeddingAnswer.vectors(plain, count: 2) == [Self.vector(0, 1), Self.vector(1, 0)])
    }

    @Test func base64IsReadToo() throws {
        let json = try Self.answer(#"{"index":0,"embedding":"AACAPwAAAAA="}"#)
        #expect(try EmbeddingAnswer.vectors(json, count: 1) == [Self.vector(1, 0)])
    }

    @Test(arguments: [
        #"{"index":0,"embedding":[1]}"#, #"{"index":0,"embedding":[1]},{"index":0,"embedding":[1]}"#,
        #"{"index":0,"embedding":[1]},{"index":2,"embedding":[1]}"#,
        #"{"index":0,"embedding":[1]},{"index":1,"embedding":[1,2]}"#,
        #"{"index":0,"embedding":[1]},{"index":1,"embedding":["1"]}"#,
        #"{"index":0,"embedding":[1]},{"index":1,"embedding":"!!"}"#,
        #"{"index":0,"embedding":[1]},{"index":1,"embedding":[]}"#, #"{"index":0,"embedding":[1]},{"index":1}"#,
        #"{"index":0,"embedding":[1]},{"index":-1,"embedding":[1]}"#,
    ])
    func whatIsNotOneVectorForEachTextIsRefused(_ items: String) throws {
        let json = try JSONParser.parse(#"{"data":[\#(items)]}"#, maxDepth: 8)
        #expect(throws: CompletionFailure.self) { try EmbeddingAnswer.vectors(json, count: 2) }
        #expect(throws: CompletionFailure.self) { try EmbeddingAnswer.vectors(nil, count: 2) }
    }

    // MARK: Batches

    @Test func batchesKeepTheOrderAndTheLimits() {
        var batches = EmbeddingBatches()
        batches.maxTexts = 3
        batches.maxTokens = 12
        #expect(batches.split([]).isEmpty)
        #expect(batches.split(["ا", "ب", "ج", "د"]) == [["ا", "ب", "ج"], ["د"]])
        let long = String(repeating: "م", count: 100)
        #expect(batches.split(["ا", long, "ب", "ج"]) == [["ا"], [long], ["ب", "ج"]])
    }

    // MARK: The shelf

    private static func changes(
        _ revision: Int64,
        _ entries: (Int, Article.Audience, [EmbeddingVector])...,
        there: Set<Int> = [1, 2, 3]
    ) -> VectorChanges {
        VectorChanges(
            revision: revision,
            changed: entries.map { article, audience, vectors in
                let numbered = vectors.enumerated().map { (number: $0.offset, vector: $0.element) }
                return VectorChanges.Entry(article: .sample(article), audience: audience, vectors: numbered)
            },
            articles: Set(there.map { .sample($0) }))
    }

    private static func found(
        _ shelf: VectorShelf,
        _ question: EmbeddingVector,
        _ sight: Article.Audience = .customers,
        limit: Int = 9
    ) -> [PassageKey] {
        shelf.nearest(to: question, for: sight, minLikeness: 0.25, limit: limit)
    }

    @Test func theNearestOfWhatOneMaySeeIsFirst() throws {
        var shelf = VectorShelf(maxPassages: 10)
        let (right, up, between) = (try Self.vector(1, 0), try Self.vector(0, 1), try Self.vector(1, 0.5))
        shelf.apply(
            Self.changes(5, (1, .customers, [up, between]), (2, .staff, [right]), (3, .customers, [right])), after: 0)
        #expect(shelf.count == 4 && shelf.revision == 5)
        let key = { (article: Int, number: Int) in PassageKey(article: .sample(article), number: number) }
        #expect(Self.found(shelf, right) == [key(3, 0), key(1, 1)], "what is about something else is left out")
        #expect(Self.found(shelf, right, .staff, limit: 2).map(\.article) == [.sample(2), .sample(3)])
        // Another model's.
        #expect(Self.found(shelf, try Self.vector(1, 0, 0)).isEmpty)
    }

    @Test func theShelfFollowsWhatIsStored() throws {
        var shelf = VectorShelf(maxPassages: 3)
        let right = try Self.vector(1, 0)
        shelf.apply(Self.changes(1, (1, .customers, [right, right]), (2, .customers, [right, right])), after: 0)
        #expect(shelf.count == 2, "beyond its limit nothing is held")
        shelf.apply(Self.changes(2, (1, .customers, [right])), after: 0)
        #expect(shelf.count == 2 && shelf.revision == 1, "somebody was faster")
        shelf.apply(Self.changes(3, (1, .customers, [])), after: 1)
        #expect(shelf.count == 0, "it is a draft again")
        shelf.apply(Self.changes(4, (2, .customers, [right])), after: 3)
        shelf.apply(Self.changes(5, there: [1]), after: 4)
        #expect(shelf.count == 0 && Self.found(shelf, right).isEmpty, "it was removed")
    }
}
