import HubTestKit

@testable import Domain

extension FoundPassage {
    /// A passage of the article with this number.
    static func sample(_ article: Int, at number: Int = 0, title: String = "عنوان", _ text: String) -> FoundPassage {
        let passage = Passage(number: number, heading: "", text: text)
        return FoundPassage(
            article: .sample(article), title: title, url: "https://shop.example/\(article)", language: .arabic,
            audience: .customers, passage: passage, search: SearchText.fold(passage.meaning(in: title)))
    }
}
