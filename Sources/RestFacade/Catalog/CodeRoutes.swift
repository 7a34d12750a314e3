import Actors
import Domain
import HTTPTypes
import Hummingbird

/// Digital codes: who has which, and handing them out.
struct CodeRoutes: EndpointGroup {
    let codes: any CodeStore
    let desk: CodeDesk
    let limits: CodeLimits

    private static let path = "/codes"
    private static let onePath = "/codes/{code}"
    private static let resource = CodeDescription.resource

    let title = "Codes"

    private var numbers: CodeNumbers {
        CodeNumbers(
            maxPerAllocation: Int64(limits.maxPerAllocation),
            holdSeconds: limits.hold.milliseconds / 1000,
            maxHoldSeconds: limits.maxHold.milliseconds / 1000
        )
    }

    var endpoints: [Endpoint] {
        [
            .list(
                Self.path, "listCodes", "Codes, a page at a time, with their text masked.", of: Self.resource,
                right: .codesRead, sorts: CodeSort.self, filters: CodeDescription.filters, isSearchable: false,
                run: list),
            .read(Self.onePath, "getCode", "One code, masked.", of: Self.resource, right: .codesRead, run: read),
            several(
                "\(Self.path)/allocate", "allocateCodes", "Reserve or sell codes of a product: all of them or none.",
                CodeDescription.allocation(numbers), allocate),
            several(
                "\(Self.path)/sell", "sellReservedCodes", "Sell all codes that are reserved for somebody.",
                CodeDescription.forRecipient
            ) { try await change($0, .sell) },
            several(
                "\(Self.path)/release", "releaseReservedCodes", "Let go of all codes that are reserved for somebody.",
                CodeDescription.forRecipient
            ) { try await change($0, .release) },
            one("sell", "sellCode", "Sell a code.", CodeDescription.forRecipient) { call in
                CodeChange(.sell, to: try CodeDescription.optionalRecipient(call.body))
            },
            one("release", "releaseCode", "Let go of a reserved code.", CodeDescription.nothing) { _ in
                CodeChange(.release)
            },
            one(
                "revoke", "revokeCode", "Take a code out for good.", CodeDescription.revocation, right: .codesImport
            ) { call in
                CodeChange(.revoke, because: try call.body.text("reason"))
            },
            Endpoint(
                method: .post,
                path: "\(Self.onePath)/reveal",
                id: "revealCode",
                summary: "The text of a code. Every call is in the audit log before it is answered.",
                right: .codesReveal,
                answers: [Endpoint.Answer(status: .ok, note: "The text.", content: .json(CodeDescription.revealed))],
                run: reveal
            ),
            Endpoint(
                method: .post,
                path: "/conversations/{conversation}/codes",
                id: "handOverCodes",
                summary: "Sell codes and send them to the customer of a conversation, in one step.",
                right: .codesAllocate,
                body: .json(CodeDescription.handOver(numbers)),
                isOnce: true,
                answers: [
                    Endpoint.Answer(
                        status: .created, note: "They are sold, and the message is in the conversation.",
                        content: .json(CodeDescription.handedOver)),
                    .conflict,
                ],
                run: handOver
            ),
        ]
    }

    private func several(
        _ path: String,
        _ id: String,
        _ summary: String,
        _ body: Schema,
        _ run: @escaping @Sendable (Call) async throws -> Response
    ) -> Endpoint {
        Endpoint(
            method: .post,
            path: path,
            id: id,
            summary: summary,
            right: .codesAllocate,
            body: .json(body),
            isOnce: true,
            answers: [
                Endpoint.Answer(status: .ok, note: "The codes, masked.", content: .json(CodeDescription.items)),
                .problem(.notFound, "There is no such product, or nothing is reserved."), .conflict,
            ],
            run: run
        )
    }

    private func one(
        _ verb: String,
        _ id: String,
        _ summary: String,
        _ body: Schema,
        right: Right = .codesAllocate,
        _ change: @escaping @Sendable (Call) throws -> CodeChange
    ) -> Endpoint {
        Endpoint(
            method: .post,
            path: "\(Self.onePath)/\(verb)",
            id: id,
            summary: summary,
            right: right,
            body: .json(body),
            isOnce: true,
            isConditional: true,
            answers: [
                Endpoint.Answer(
                    status: .ok, note: "As it is now.", content: .json(Self.resource.document)),
                .conflict,
            ]
        ) { call in
            let selection = CodeSelection.one(try call.id("code"), expected: try call.expectedVersion)
            let writing: Writing<[DigitalCode]> = call.writing { codes in Self.kept(codes) }
            let written = try await codes.change(selection, try change(call), writing)
            return call.answer(written) { Self.kept($0) }
        }
    }

    // MARK: Reading

    private func list(_ call: Call) async throws -> Response {
        let request: ListRequest<CodeSort, _> = try ListParameters.request(
            call.query, filter: CodeDescription.filter(call.query))
        return .page(try await codes.codes(request), of: request)
    }

    private func read(_ call: Call) async throws -> Response {
        guard let code = try await codes.code(call.id("code")) else { throw HubError.notFound("there is no such code") }
        return call.answer(code)
    }

    private func reveal(_ call: Call) async throws -> Response {
        let (code, text) = try await desk.reveal(call.id("code"), call.writing())
        var response = Response.json { writer in
            writer.value(
                .object(["id": .string(code.id.text), "product": .string(code.product.text), "code": .string(text)]))
        }
        response.headers[.cacheControl] = "no-store"
        return response
    }

    // MARK: Handing out

    private func allocate(_ call: Call) async throws -> Response {
        let body = call.body
        guard let product: ProductID = try body.id("product"), let count = try body.integer("count") else {
            throw HubError.invalid([FieldProblem("/product", "required", "is missing")])
        }
        let allocation = CodeAllocation(
            product: product, count: Int(count), try CodeDescription.change(body, numbers, at: call.at))
        let written = try await codes.allocate(allocation, call.writing { Self.keptItems($0) })
        return call.answer(written) { Self.keptItems($0) }
    }

    private func change(_ call: Call, _ input: CodeState.Input) async throws -> Response {
        let selection = try CodeDescription.selection(call.body)
        let written = try await codes.change(selection, CodeChange(input), call.writing { Self.keptItems($0) })
        return call.answer(written) { Self.keptItems($0) }
    }

    private func handOver(_ call: Call) async throws -> Response {
        let body = call.body
        guard let product: ProductID = try body.id("product"), let count = try body.integer("count") else {
            throw HubError.invalid([FieldProblem("/product", "required", "is missing")])
        }
        let order = CodeDesk.Order(
            product: product,
            count: Int(count),
            room: try call.id("conversation"),
            author: call.caller.user.participant,
            text: try body.text("text")
        )
        let written = try await desk.handOver(order, by: .staff(call.caller.user), call.writing { Self.kept($0) })
        return call.answer(written) { Self.kept($0) }
    }

    // MARK: Answers that are kept, and so hold no text of a code

    private static func kept(_ codes: [DigitalCode]) -> StoredAnswer {
        StoredAnswer(status: 200, location: nil, body: JSONValue.object(codes.first?.document ?? [:]).text)
    }

    private static func keptItems(_ codes: [DigitalCode]) -> StoredAnswer {
        StoredAnswer(status: 200, location: nil, body: JSONValue.object(["items": items(codes)]).text)
    }

    private static func kept(_ done: HandedOver) -> StoredAnswer {
        let document: [String: JSONValue] = [
            "room": .string(done.room.text), "seq": .integer(done.seq.value), "at": .string(done.at.rfc3339),
            "items": items(done.codes),
        ]
        return StoredAnswer(status: 201, location: nil, body: JSONValue.object(document).text)
    }

    private static func items(_ codes: [DigitalCode]) -> JSONValue {
        .array(codes.map { .object($0.document) })
    }
}

extension DigitalCode: VersionedDocument {}
