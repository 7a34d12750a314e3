/** Reads server-sent events out of pieces of text as they come (WHATWG HTML, 9.2.6). Pure. */

export class EventReader {
    #rest = "";
    #name = "";
    #data = [];

    /** @returns {Array<{name: string, data: string}>} the events that this piece completes */
    push(piece) {
        const lines = (this.#rest + piece).split(/\r\n|\n|\r(?!$)/);
        this.#rest = lines.pop();
        return lines.flatMap((line) => this.#line(line));
    }

    #line(line) {
        if (line === "") return this.#end();
        const colon = line.indexOf(":");
        if (colon === 0) return [];
        const field = colon < 0 ? line : line.slice(0, colon);
        const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
        if (field === "event") this.#name = value;
        if (field === "data") this.#data.push(value);
        return [];
    }

    #end() {
        const event = { name: this.#name || "message", data: this.#data.join("\n") };
        const isEmpty = this.#data.length === 0;
        this.#name = "";
        this.#data = [];
        return isEmpty ? [] : [event];
    }
}

/** @param {ReadableStream<Uint8Array>} stream the body of an answer */
export async function* eventsOf(stream) {
    const reader = new EventReader();
    const pieces = stream.getReader();
    const decoder = new TextDecoder();
    for (;;) {
        const { done, value } = await pieces.read();
        if (done) return;
        yield* reader.push(decoder.decode(value, { stream: true }));
    }
}
