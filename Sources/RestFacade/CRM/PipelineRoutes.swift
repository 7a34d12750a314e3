import Domain
import Hummingbird

/// The stages that deals go through.
struct PipelineRoutes: EndpointGroup {
    let deals: any DealStore

    private static let path = "/crm/pipelines"
    private static let onePath = "/crm/pipelines/{pipeline}"

    let title = "Pipelines"

    private static let stage = Schema.object(
        ObjectSchema(
            name: "PipelineStage",
            members: [
                .init(
                    name: "id", schema: .id(StageID.self), isRequired: false,
                    note: "Given to keep a stage; a stage without one is new."),
                .init(name: "name_ar", schema: .line(100), isRequired: true, note: ""),
                .init(name: "name_en", schema: .nullable(.line(100)), isRequired: false, note: ""),
            ]
        ))

    private static let resource = ResourceSchema(
        "Pipeline",
        [
            .readOnly("id", .id(PipelineID.self)),
            .required("name_ar", .line(100)),
            .nullable("name_en", .line(100)),
            .optional("archived", .boolean, "Takes no new deals."),
            .required("stages", .list(stage, count: 1...30), "In order. A stage that has deals cannot go."),
        ] + ResourceSchema.Field.bookkeeping
    )

    var endpoints: [Endpoint] {
        [
            .list(
                Self.path, "listPipelines", "Pipelines, the first made first.", of: Self.resource, right: .crmRead,
                sorts: PipelineSort.self, isSearchable: false, run: list),
            .create(
                Self.path, "createPipeline", "Make a pipeline.", of: Self.resource, right: .crmManage, run: make),
            .read(Self.onePath, "getPipeline", "One pipeline.", of: Self.resource, right: .crmRead, run: read),
            .change(
                Self.onePath, "changePipeline", "Change a pipeline and its stages.", of: Self.resource,
                right: .crmManage, run: change),
        ]
    }

    private func list(_ call: Call) async throws -> Response {
        let request: ListRequest<PipelineSort, Void> = try ListParameters.request(call.query, filter: ())
        return .page(try await deals.pipelines(request), of: request)
    }

    private func make(_ call: Call) async throws -> Response {
        var pipeline = Pipeline(id: .make(at: call.at), at: call.at)
        try Self.merge(call.body, into: &pipeline, at: call.at)
        return call.created(try await deals.add(pipeline, call.making(at: Self.path)), at: Self.path)
    }

    private func read(_ call: Call) async throws -> Response {
        guard let pipeline = try await deals.pipeline(call.id("pipeline")) else {
            throw HubError.notFound("there is no such pipeline")
        }
        return call.answer(pipeline)
    }

    private func change(_ call: Call) async throws -> Response {
        let pipeline = try await deals.change(
            call.id("pipeline"), expected: call.expectedVersion, call.writing()
        ) { pipeline in
            try Self.merge(call.body, into: &pipeline, at: call.at)
        }
        return call.answer(pipeline)
    }

    private static func merge(
        _ body: Members,
        into pipeline: inout Pipeline,
        at moment: Timestamp
    ) throws(HubError) {
        try body.set(&pipeline.nameAr, "name_ar")
        try body.set(&pipeline.nameEn, "name_en")
        try body.set(&pipeline.isArchived, "archived")
        if let members = try body.objects("stages") {
            var stages: [(id: StageID?, nameAr: String, nameEn: String?)] = []
            for stage in members {
                stages.append((try stage.id("id"), try stage.text("name_ar") ?? "", try stage.text("name_en")))
            }
            try pipeline.setStages(stages, at: moment)
        }
        try pipeline.check()
    }
}

extension Pipeline: VersionedDocument {}
