/**
 * Where unsent writes survive a reload: IndexedDB, or memory where a browser refuses it
 * (private windows, blocked storage). Entries may hold files; both places keep them as they are.
 */

const DATABASE = "hub-outbox";
const TABLE = "entries";

/**
 * @param {string} scope separates hubs and people that share one browser
 * @param {IDBFactory} [indexedDB]
 */
export function openOutboxStore(scope, indexedDB = globalThis.indexedDB) {
    const memory = new MemoryStore();
    if (!indexedDB) return memory;
    return new DurableStore(scope, openDatabase(indexedDB), memory);
}

export class MemoryStore {
    #entries = new Map();

    async all() {
        return [...this.#entries.values()].sort((a, b) => a.order - b.order);
    }

    async put(entry) {
        this.#entries.set(entry.mid, entry);
    }

    async remove(mid) {
        this.#entries.delete(mid);
    }
}

/** Operations run one after the other, so that a removal never overtakes the write before it. */
class DurableStore {
    #scope;
    #database;
    #fallback;
    #last = Promise.resolve();

    constructor(scope, database, fallback) {
        this.#scope = scope;
        this.#database = database;
        this.#fallback = fallback;
    }

    all() {
        const range = () => IDBKeyRange.bound([this.#scope], [this.#scope, []]);
        return this.#run(
            "readonly",
            (table) => table.getAll(range()),
            async () => this.#fallback.all(),
        ).then((rows) => rows.map(({ scope, ...entry }) => entry).sort((a, b) => a.order - b.order));
    }

    put(entry) {
        return this.#run(
            "readwrite",
            (table) => table.put({ ...entry, scope: this.#scope }),
            () => this.#fallback.put(entry),
        );
    }

    remove(mid) {
        return this.#run(
            "readwrite",
            (table) => table.delete([this.#scope, mid]),
            () => this.#fallback.remove(mid),
        );
    }

    #run(mode, operation, fallback) {
        const run = async () => {
            try {
                const database = await this.#database;
                const transaction = database.transaction(TABLE, mode);
                return await promised(operation(transaction.objectStore(TABLE)));
            } catch {
                return fallback();
            }
        };
        this.#last = this.#last.then(run, run);
        return this.#last;
    }
}

function openDatabase(indexedDB) {
    const opening = new Promise((resolve, reject) => {
        const request = indexedDB.open(DATABASE, 1);
        request.onupgradeneeded = () => request.result.createObjectStore(TABLE, { keyPath: ["scope", "mid"] });
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
        request.onblocked = () => reject(new Error("blocked"));
    });
    opening.catch(() => {});
    return opening;
}

function promised(request) {
    return new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
    });
}
