import Domain
import Hummingbird

/// What the language model took.
struct UsageRoutes: EndpointGroup {
    let usage: any UsageStore

    /// Of one answer; a year and a day.
    private static let maxDays = 367
    private static let maxRequests = 200

    let title = "Assistant: usage"

    var endpoints: [Endpoint] {
        [
            Endpoint(
                method: .get, path: "/ai/usage", id: "getModelUsage",
                summary: "What the language model took on each day of the shop.",
                right: .settingsRead,
                query: [
                    .init(name: "from", schema: Self.day, note: "The first day, as `2026-11-01`.", isRequired: true),
                    .init(name: "to", schema: Self.day, note: "The last day.", isRequired: true),
                ],
                answers: [
                    .init(
                        status: .ok, note: "Days on which something was asked, rising.",
                        content: .json(Self.items("ModelUsage", Self.dayDocument, Self.maxDays)))
                ],
                run: days
            ),
            Endpoint(
                method: .get, path: "/ai/usage/rooms/{room}", id: "getModelUsageOfRoom",
                summary: "The newest \(Self.maxRequests) requests for a conversation, with what they were made under.",
                right: .settingsRead,
                answers: [
                    .init(
                        status: .ok, note: "The latest first.",
                        content: .json(Self.items("ModelRequests", Self.lineDocument, Self.maxRequests)))
                ],
                run: requests
            ),
        ]
    }

    private func days(_ call: Call) async throws -> Response {
        let (from, to) = (try Self.day("from", of: call), try Self.day("to", of: call))
        guard from <= to, to.number - from.number < Self.maxDays else {
            throw HubError.invalid([FieldProblem("to", "range", "must be 0 to \(Self.maxDays - 1) days after from")])
        }
        return Self.answer(try await usage.days(from: from.text, to: to.text).map(\.document))
    }

    private func requests(_ call: Call) async throws -> Response {
        Self.answer(try await usage.requests(in: try call.id("room"), limit: Self.maxRequests).map(\.document))
    }

    private static func day(_ name: String, of call: Call) throws(HubError) -> CalendarDay {
        guard let day = CalendarDay(try call.query.text(name) ?? "") else {
            throw .invalid([FieldProblem(name, "format", "must be a date like 2026-11-21")])
        }
        return day
    }

    private static func answer(_ items: [JSONValue]) -> Response {
        .json { $0.value(.object(["items": .array(items)])) }
    }

    // MARK: Schemas

    private static let day = Schema.line(10...10)

    private static func items(_ name: String, _ item: Schema, _ count: Int) -> Schema {
        .object(ObjectSchema(name: name, members: [.required("items", .list(item, count: 0...count))]))
    }

    private static let spent = Schema.object(
        ObjectSchema(
            name: "ModelSpending",
            members: [
                .required("tokens", .count), .required("cost_micros", .count, "In millionths of the currency."),
                .required("answers", .count, "That were begun for customers."),
            ]
        ))

    private static let dayDocument = Schema.object(
        ObjectSchema(
            name: "ModelDay",
            members: [
                .required("day", day), .required("currency", .nullable(.line(3))), .required("total", spent),
                .required("purposes", .map(spent, count: 0...ModelPurpose.allCases.count)),
            ]
        ))

    private static let lineDocument = Schema.object(
        ObjectSchema(
            name: "ModelRequest",
            members: [
                .required("id", .id(ModelRequestID.self)), .required("at", .moment),
                .required("purpose", .line(40)),
                .required("run", .nullable(.anyText), "The answer that it is a part of."),
                .required("model", .anyText),
                .required("version", .nullable(.count), "Of `assistant.instructions`."),
                .required("prompt_tokens", .count), .required("completion_tokens", .count),
                .required("estimated", .boolean), .required("cost_micros", .count), .required("currency", .line(3)),
                .required("open", .boolean, "Whether its answer is still awaited."),
            ]
        ))
}

extension UsageDay {
    fileprivate var document: JSONValue {
        [
            "day": .string(day), "currency": .optional(currency?.code), "total": total.document,
            "purposes": .object(
                Dictionary(purposes.map { ($0.key.rawValue, $0.value.document) }, uniquingKeysWith: { $1 })),
        ]
    }
}

extension Spending {
    fileprivate var document: JSONValue {
        ["tokens": .integer(tokens), "cost_micros": .integer(cost), "answers": .integer(answers)]
    }
}

extension UsageLine {
    fileprivate var document: JSONValue {
        [
            "id": .string(id.text), "at": .string(at.rfc3339), "purpose": .string(purpose),
            "run": .optional(run?.text), "model": .string(model), "version": .optional(version),
            "prompt_tokens": .integer(tokens.prompt), "completion_tokens": .integer(tokens.completion),
            "estimated": .bool(tokens.isEstimated), "cost_micros": .integer(cost), "currency": .string(currency),
            "open": .bool(isOpen),
        ]
    }
}
