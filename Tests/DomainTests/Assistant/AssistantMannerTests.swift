import Testing

@testable import Domain

@Suite struct AssistantMannerTests {
    private static func instructions(_ manner: AssistantManner) -> String {
        AssistantRules(ShopProfile([]), manner).instructions
    }

    @Test func itSaysInWhichLanguagesAndWhichIsFirst() {
        let two = AssistantManner(instructions: "x", tone: .plain, languages: [.english, .urdu])
        #expect(Self.instructions(two).contains("one of: English, Urdu. To all others answer in English."))
        let one = AssistantManner(instructions: "x", tone: .plain, languages: [.arabic])
        #expect(Self.instructions(one).contains("Answer in Arabic, whatever the customer writes in."))
        #expect(AssistantManner(instructions: "x", tone: .plain, languages: []).languages == [.arabic])
    }

    @Test func tonesDiffer() {
        let texts = AssistantManner.Tone.allCases.map {
            Self.instructions(AssistantManner(instructions: "x", tone: $0, languages: [.arabic]))
        }
        #expect(Set(texts).count == AssistantManner.Tone.allCases.count)
    }

    @Test func settingsSayTheMannerAndItsVersion() {
        var words = ShopSettingState(.assistantInstructions)
        (words.chosen, words.version) = ("لا تبع", 4)
        var tone = ShopSettingState(.assistantTone)
        tone.chosen = "formal"
        let shop = ShopProfile([words, tone])
        let manner = AssistantManner(shop)
        #expect(
            manner
                == AssistantManner(instructions: "لا تبع", tone: .formal, languages: [.arabic, .english], version: 4))
        #expect(AssistantRules(shop).version == 4)
        #expect(AssistantManner(ShopProfile([])).version == 0, "the default is version 0")
    }

    @Test func aListOfLanguagesIsChecked() {
        func problems(_ value: JSONValue) -> Int {
            ShopSettingType.languages.problems(with: value, at: "/value") { _ in true }.count
        }
        #expect(problems(["ar"]) == 0 && problems(["en", "ar", "fr"]) == 0)
        for wrong: JSONValue in [[], "ar", ["ar", "ar"], ["xx"], [1], .null] { #expect(problems(wrong) == 1) }
    }
}
