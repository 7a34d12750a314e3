/** What happened to a room, in one sentence: assignments, states, members. */
import { nameOf } from "./bubble.js";
import { h, sentence } from "./dom.js";

/** @returns {?HTMLElement} null for what this reader need not know */
export function notice({ item }, { t, format, isVisitor }) {
    const words = isVisitor ? visitorWords(item) : staffWords(item, format, t);
    if (!words) return null;
    const [key, values] = words;
    const time = h("time", { datetime: item.at }, format.time(item.at));
    return h(
        "li.notice",
        { data: { seq: item.seq, notice: item.ev } },
        h("span", {}, ...sentence(t, key, values), " ", time),
    );
}

function visitorWords({ ev, to, state, score }) {
    if (ev === "rating") return ["notice.rating.visitor", { score }];
    if (ev === "assign" && to?.kind === "user") return ["notice.assign.visitor", { name: to.name }];
    if (ev === "state" && state === "resolved") return ["notice.state.visitor", {}];
    return null;
}

/** The names of labels, in the language of the page. */
const namesOf = (labels) =>
    labels.map(({ name_ar, name_en }) => (document.documentElement.lang === "en" ? (name_en ?? name_ar) : name_ar)).join("، ");

function labelWords({ by, added, removed }) {
    if (removed.length === 0) return ["notice.label.added", { by: by.name, names: namesOf(added) }];
    if (added.length === 0) return ["notice.label.removed", { by: by.name, names: namesOf(removed) }];
    return ["notice.label.changed", { by: by.name, names: namesOf(added), removed: namesOf(removed) }];
}

function assignWords({ by, to }, t) {
    if (!to && by.kind === "system") return ["notice.assign.queue", {}];
    if (!to) return ["notice.assign.none", { by: nameOf(by, t) }];
    if (to.kind === "assistant" && by.kind === "system") return ["notice.assign.assistant", {}];
    if (to.id === by.id) return ["notice.assign.self", { by: nameOf(by, t) }];
    return ["notice.assign", { by: nameOf(by, t), name: nameOf(to, t) }];
}

function staffWords(item, format, t) {
    const { ev, by, state, until, change, who } = item;
    switch (ev) {
        case "label":
            return labelWords(item);
        case "clock":
            return [`notice.clock.${item.stage}.${item.clock}`, { time: format.moment(item.due) }];
        case "survey":
            return ["notice.survey", {}];
        case "rating":
            return item.comment
                ? ["notice.rating.comment", { name: by.name, score: item.score, comment: item.comment }]
                : ["notice.rating", { name: by.name, score: item.score }];
        case "assign":
            return assignWords(item, t);
        case "run":
            return ["failed", "cancelled"].includes(state) ? [`notice.run.${state}`, {}] : null;
        case "state":
            if (by.kind === "system" && state === "open") return ["notice.state.reopened", {}];
            return [`notice.state.${state}`, { by: by.name, until: until ? format.moment(until) : "" }];
        case "member":
            if (who.id === by.id)
                return [change === "added" ? "notice.member.joined" : "notice.member.left", { name: who.name }];
            return [`notice.member.${change}`, { by: by.name, name: who.name }];
        default:
            return null;
    }
}
