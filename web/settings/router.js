/** Where one is: `#/section/more?filter=value`. Pure. */

/** @returns {{section: ?string, path: string[], query: URLSearchParams}} */
export function readRoute(hash) {
    const [path, query = ""] = hash.replace(/^#/, "").split("?", 2);
    const [section = null, ...more] = path.split("/").filter(Boolean).map(decoded);
    return { section, path: more, query: new URLSearchParams(query) };
}

/** The hash of a place. Empty filters are left out. */
export function writeRoute(section, path = [], query = {}) {
    const place = [section, ...path].map(encodeURIComponent).join("/");
    const kept = [...(query instanceof URLSearchParams ? query : Object.entries(query))].filter(([, value]) => value);
    const filters = new URLSearchParams(kept).toString();
    return `#/${place}${filters ? `?${filters}` : ""}`;
}

function decoded(part) {
    try {
        return decodeURIComponent(part);
    } catch {
        return part;
    }
}
