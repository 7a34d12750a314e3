/// A tool that takes texts and nothing else.
package protocol TextTool: AssistantTool {
    var name: String { get }
    /// What it does and when to use it, for the model.
    var purpose: String { get }
    var parameters: [ToolParameter] { get }

    /// - Returns: JSON for the model. Throws `ToolFault` for what the model can mend.
    func run(_ arguments: ToolArguments, in run: AssistantRun.ID) async throws -> JSONValue
}

extension TextTool {
    package var offer: ToolOffer { ToolOffer(name: name, purpose: purpose, parameters) }

    package func call(_ arguments: JSONValue, in run: AssistantRun.ID) async throws -> ToolResult {
        do {
            return .answer(try await self.run(ToolArguments(arguments, parameters), in: run))
        } catch let fault as ToolFault {
            return fault.result
        } catch let error as HubError where Self.isFault(error.code) {
            // Written for people, and as good for a model: it names members and never their values.
            let fields = error.fields.map { "\($0.field.drop { $0 == "/" }): \($0.detail)" }.joined(separator: "; ")
            return ToolFault(fields.isEmpty ? error.message : fields).result
        }
    }

    private static func isFault(_ code: HubError.Code) -> Bool {
        switch code {
        case .invalid, .conflict, .midConflict, .keyReused, .rateLimited, .tooLarge: true
        case .badRequest, .unauthorized, .forbidden, .notFound, .notJoined, .notEnough, .stale, .busy, .unavailable,
            .internal:
            false
        }
    }
}
