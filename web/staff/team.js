/** The internal rooms of this member of staff: the list, unread counts, live. */
import { coalesced } from "../ui/dom.js";

/** Rooms followed live; the hub allows 256 per connection, and conversations need theirs. */
const MAX_FOLLOWED = 100;

export class Team extends EventTarget {
    rooms = [];
    staff = [];
    #hub;
    #followed = new Set();
    #changed = coalesced(() => this.dispatchEvent(new Event("change")));

    constructor(hub) {
        super();
        this.#hub = hub;
        hub.addEventListener("room", () => this.#reload());
        hub.addEventListener("status", ({ detail }) => {
            if (detail.state === "live") this.load();
        });
    }

    get(id) {
        return this.rooms.find((room) => room.id === id);
    }

    /** The live count where the room is followed, else that of the list. */
    unreadOf(room) {
        const live = this.#hub.room(room.id);
        return live?.isLive ? live.unread : room.unread;
    }

    get unread() {
        return this.rooms.reduce((sum, room) => sum + this.unreadOf(room), 0);
    }

    /** What a room is called: a direct one after the other person. */
    titleOf(room) {
        if (room.title) return room.title;
        const others = room.members.filter((member) => member.id !== this.#hub.me?.id);
        return (others.length > 0 ? others : room.members).map((member) => member.name).join("، ");
    }

    async load() {
        try {
            const [rooms, staff] = await Promise.all([this.#hub.rest.rooms(), this.#hub.rest.staff()]);
            this.staff = staff;
            this.#take(rooms);
        } catch {
            // The list stays as it was; the next live connection loads it again.
        }
    }

    async create(room) {
        const made = await this.#hub.rest.createRoom(room);
        await this.load();
        return made;
    }

    async addMember(room, user) {
        await this.#hub.rest.addMember(room, user);
        await this.load();
    }

    async removeMember(room, user) {
        await this.#hub.rest.removeMember(room, user);
        await this.load();
    }

    #reload = coalesced(() => this.load());

    #take(rooms) {
        this.rooms = rooms;
        for (const { id } of rooms.slice(0, MAX_FOLLOWED)) this.#follow(id);
        this.#changed();
    }

    #follow(id) {
        if (this.#followed.has(id)) return;
        this.#followed.add(id);
        const room = this.#hub.open(id, { history: false });
        room.addEventListener("change", this.#changed);
        room.addEventListener("gone", () => {
            this.#followed.delete(id);
            this.#hub.close(id);
            this.rooms = this.rooms.filter((each) => each.id !== id);
            this.#changed();
        });
    }
}
