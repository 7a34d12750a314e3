import Foundation
import Testing

@testable import Fakes

@Suite struct EmbeddingTests {
    private static func cosine(_ one: String, _ two: String) -> Float {
        let vectors = [one, two].map { Embedding.vector($0, dimensions: 512) }
        return zip(vectors[0], vectors[1]).reduce(0) { $0 + $1.0 * $1.1 }
    }

    @Test func spellingDoesNotMatter() {
        #expect(FoldedText.words("الأَسْعـار، والبطاقة ١٢٣ Card!") == ["اسعار", "والبطاقه", "123", "card"])
        #expect(Self.cosine("بِطاقةُ الهدايا", "بطاقه هدايا") > 0.999)
        #expect(Self.cosine("Gift CARD", "card, gift") > 0.999)
    }

    @Test func commonWordsAreNear() {
        let question = "كم سعر بطاقة ستيم"
        #expect(Self.cosine(question, "بطاقة ستيم 50 دولار") > Self.cosine(question, "سياسة الاسترجاع") + 0.2)
        #expect(Self.cosine("activate a code", "how codes are activated") > Self.cosine("activate a code", "refund"))
    }

    @Test(arguments: ["", "؟!", "😀", "كلمة"], [1, 2, 1536])
    func everyTextHasAVectorOfLengthOne(_ text: String, dimensions: Int) {
        let vector = Embedding.vector(text, dimensions: dimensions)
        #expect(vector.count == dimensions && vector == Embedding.vector(text, dimensions: dimensions))
        #expect(abs(vector.reduce(0) { $0 + $1 * $1 } - 1) < 0.001)
    }

    @Test func base64IsLittleEndian() {
        #expect(Embedding.base64([1, -2]) == Data([0, 0, 128, 63, 0, 0, 0, 192]).base64EncodedString())
    }

    @Test func inputIsChecked() throws {
        func param(_ more: [String: JSON]) -> String? {
            let body = JSON.object(["model": "fake-embedding", "input": "x"].merging(more) { $1 })
            do throws(OpenAIError) {
                _ = try EmbeddingRequest(checked: body, settings: ChatExample.settings)
                return nil
            } catch {
                return error.param ?? error.code
            }
        }
        #expect(
            param([:]) == nil && param(["input": ["a", "b"], "dimensions": 1, "encoding_format": "base64"]) == nil)
        #expect(param(["input": [1, 2]]) == nil)
        for input in ["", [], ["a", ""], .null, ["a", 1], .array(Array(repeating: "x", count: 2049))] as [JSON] {
            #expect(param(["input": input]) == "input")
        }
        #expect(param(["input": .string(String(repeating: "a ", count: 9000))]) == "input")
        #expect(param(["dimensions": 1537]) == "dimensions" && param(["dimensions": "x"]) == "dimensions")
        #expect(param(["encoding_format": "hex"]) == "encoding_format")
        #expect(param(["model": "fake-chat"]) == "model_not_found")
    }

    @Test(arguments: ["", " ", "مرحبًا بك", "one  two\nthree", "supercalifragilistic 😀"])
    func tokensMakeTheText(_ text: String) {
        #expect(Tokens.pieces(text).joined() == text)
        #expect(!Tokens.pieces(text).contains(""))
    }
}
