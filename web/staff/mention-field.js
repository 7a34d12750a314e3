/** Calling colleagues by name while one writes: what `@` offers, and whom the text mentions in the end. */
import { avatar } from "../ui/avatar.js";
import { bdi, h } from "../ui/dom.js";
import { idsIn, matching, namesIn, queryAt } from "../ui/mention-text.js";

/** Where a body calls colleagues by name, for `richText`. What is not sent yet has only their ids. */
export function markedIn({ text, mentions = [] }, staff, me) {
    const people = mentions.map((each) => (typeof each === "string" ? staff.find(({ id }) => id === each) : each));
    return namesIn(text, people.filter(Boolean).map((person) => ({ ...person, isMe: person.id === me })));
}

export class MentionField {
    /** For `Suggestions`. */
    source;
    #people;
    /** Who was chosen of the list: of two with one name it is they. */
    #chosen = new Set();

    /**
     * @param {string} label of the list
     * @param {() => Array<{id, name}>} people who can be mentioned here and now
     * @param {(from: number, text: string) => void} complete puts a text between `from` and the caret
     */
    constructor(label, people, complete) {
        this.#people = people;
        this.source = {
            label,
            matchOf: (text, caret) => queryAt(text, caret, people()),
            find: async ({ query }) => matching(people(), query),
            parts: (person) => [avatar(person), h("span.suggestion-name", {}, bdi(person.name))],
            choose: (person, { from }) => {
                this.#chosen.add(person.id);
                complete(from, `@${person.name} `);
            },
        };
    }

    /** @param {Array<{id, name}>} former whom the message mentioned before, as they were called then */
    idsIn(text, former = []) {
        const people = this.#people();
        const known = [...people, ...former.filter(({ id }) => people.some((person) => person.id === id))];
        return idsIn(text, known.sort((a, b) => this.#chosen.has(b.id) - this.#chosen.has(a.id)));
    }
}
