/** The stages that deals go through, to choose from. */
import { nameIn } from "../format.js";

/** They are few. */
export const pipelinesOf = async ({ rest }) => (await rest.get("/crm/pipelines?limit=200")).items;

/** The stages of several pipelines as options; with more than one pipeline, its name stands before each. */
export function stageOptions({ lang }, pipelines) {
    return pipelines.flatMap((pipeline) =>
        pipeline.stages.map((stage) => ({
            value: stage.id,
            pipeline: pipeline.id,
            label: pipelines.length > 1 ? `${nameIn(lang, pipeline)} · ${nameIn(lang, stage)}` : nameIn(lang, stage),
        })),
    );
}
