/** A visitor's client against a fake hub; its browser survives a "reload". */
import { HubClient } from "../../../web/sdk/hub.js";
import { MemoryStore } from "../../../web/sdk/outbox-store.js";
import { FakeClock } from "./fake-clock.mjs";
import { FakeHub } from "./fake-hub.mjs";

export class Browser {
    hub = new FakeHub();
    clock = new FakeClock();
    #store = new MemoryStore();
    #items = new Map();

    /** Opens the page: a new client over the same storage. */
    async visit() {
        const client = HubClient.visitor({
            hub: "https://hub.test",
            runtime: {
                WebSocket: this.hub.WebSocket,
                clock: this.clock,
                random: () => 0.5,
                openStore: () => this.#store,
                storage: {
                    getItem: (key) => this.#items.get(key) ?? null,
                    setItem: (key, value) => this.#items.set(key, value),
                    removeItem: (key) => this.#items.delete(key),
                },
            },
        });
        client.start();
        await this.clock.advance(0);
        return client;
    }
}

/** What the visitor sees, as texts; unsent ones in brackets. */
export function screen({ conversation }) {
    const logged = conversation.items.filter((item) => item.ev === undefined).map((item) => item.body.text);
    return [...logged, ...conversation.pending.map((entry) => `[${entry.body.text}]`)];
}
