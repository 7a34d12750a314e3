/** Everybody of the team with how they are and what they hold, while somebody looks. */
import { SafeStorage } from "../sdk/storage.js";
import { avatar } from "../ui/avatar.js";
import { bdi, coalesced, fill, h } from "../ui/dom.js";
import { icon } from "../ui/icons.js";
import { Poll } from "../ui/poll.js";
import { colleaguesOf, isFull } from "./workload.js";

const EVERY_MS = 10_000;
/** Routing hears of a changed state within moments. */
const SOON_MS = 1_500;
const SHUT_KEY = "hub:staff:colleagues-shut";

export class Colleagues {
    element;
    #app;
    #list = h("ul.colleagues");
    #count = h("span.part-count");
    #agents = null;
    #poll = null;
    #storage = new SafeStorage();
    #redraw = coalesced(() => this.#draw());

    constructor(app) {
        this.#app = app;
        const { t, hub, team, presence } = app;
        this.element = h(
            "details.team-now",
            { open: this.#storage.get(SHUT_KEY) !== true, on: { toggle: () => this.#toggled() } },
            h("summary.part-head", {}, icon("people"), h("h2", {}, t("team.now")), this.#count, icon("down")),
            this.#list,
        );
        new IntersectionObserver((entries) => this.#seen(entries.at(-1).isIntersecting)).observe(this.#list);
        team.addEventListener("change", this.#redraw);
        hub.addEventListener("status", ({ detail }) => detail.state === "live" && this.#poll?.now());
        presence.addEventListener("change", () => {
            this.#redraw();
            setTimeout(() => this.#poll?.now(), SOON_MS);
        });
        this.#draw();
    }

    #toggled() {
        if (this.element.open) this.#storage.remove(SHUT_KEY);
        else this.#storage.set(SHUT_KEY, true);
    }

    /** Nothing is asked for while nobody looks. */
    #seen(isSeen) {
        if (isSeen === (this.#poll !== null)) return;
        if (isSeen) {
            this.#poll = new Poll(EVERY_MS, () => this.#app.hub.rest.routingAgents(), (agents) => this.#take(agents));
            this.#poll.now();
        } else {
            this.#poll.stop();
            this.#poll = null;
        }
    }

    #take(agents) {
        this.#agents = agents;
        this.#redraw();
    }

    #draw() {
        const { hub, team, format, presence } = this.#app;
        const me = hub.me?.id ?? hub.identity.user?.id;
        // Of oneself one knows sooner than routing does.
        const agents = (this.#agents ?? []).map((agent) => (agent.id === me && hub.status.state === "live" ? { ...agent, presence: presence.state } : agent));
        const people = colleaguesOf(team.staff, agents, me);
        const here = people.filter(({ presence: state }) => state !== "offline").length;
        this.#count.textContent = format.number(here);
        this.#count.hidden = this.#agents === null;
        fill(this.#list, ...people.map((person) => this.#row(person)));
    }

    #row(person) {
        const { t, format } = this.#app;
        const { id, name, presence, isMe, load, capacity, share } = person;
        const isKnown = load !== null && this.#agents !== null;
        const words = isKnown ? t("team.load", { n: format.number(load), of: format.number(capacity) }) : null;
        const meter =
            isKnown &&
            h("meter", { min: 0, max: 1, low: 0.75, high: 0.99, optimum: 0, value: share, "aria-label": t("team.load.of", { name }), title: words });
        return h(
            "li.colleague",
            { data: { colleague: id, presence } },
            avatar({ id, name }, presence),
            h(
                "div.row-main",
                {},
                h("p.colleague-name", {}, bdi(name), isMe && h("span.tag", {}, t("message.you"))),
                h("p.colleague-state", {}, t(`presence.${presence}`), words && [" · ", isFull(person) && presence !== "offline" ? t("team.full", { n: format.number(load), of: format.number(capacity) }) : words]),
            ),
            meter,
        );
    }
}
