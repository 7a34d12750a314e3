/// An account at OpenAI, or at a server that speaks its API, and the model that is asked there.
///
/// Nothing that describes it holds the key.
package struct OpenAIAccount: Sendable, CustomStringConvertible, CustomReflectable {
    package var baseURL = OpenAICheck.usualURL
    package let model: String
    let key: String

    package init(model: String, key: String) {
        self.model = model
        self.key = key
    }

    package var description: String { "the model \(model)" }
    package var customMirror: Mirror { Mirror(self, children: ["model": model]) }
}
