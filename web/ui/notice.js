/** What happened to a room, in one sentence: assignments, states, members. */
import { h, sentence } from "./dom.js";

/** @returns {?HTMLElement} null for what this reader need not know */
export function notice({ item }, { t, format, isVisitor }) {
    const words = isVisitor ? visitorWords(item) : staffWords(item, format);
    if (!words) return null;
    const [key, values] = words;
    const time = h("time", { datetime: item.at }, format.time(item.at));
    return h(
        "li.notice",
        { data: { seq: item.seq, notice: item.ev } },
        h("span", {}, ...sentence(t, key, values), " ", time),
    );
}

function visitorWords({ ev, to, state }) {
    if (ev === "assign" && to?.kind === "user") return ["notice.assign.visitor", { name: to.name }];
    if (ev === "state" && state === "resolved") return ["notice.state.visitor", {}];
    return null;
}

function staffWords({ ev, by, to, state, until, change, who }, format) {
    switch (ev) {
        case "assign":
            if (!to) return ["notice.assign.none", { by: by.name }];
            return to.id === by.id
                ? ["notice.assign.self", { by: by.name }]
                : ["notice.assign", { by: by.name, name: to.name }];
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
