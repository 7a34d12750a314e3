/**
 * What a row of the audit log says that changed, member by member, as text. Pure.
 *
 * Members of members stand as `values.channel`, and only those that differ.
 * @returns {Array<{name: string, before: ?string, after: ?string}>} null where the member was not there
 */
export function changesOf(before, after) {
    const [was, is] = [flat(before), flat(after)];
    const names = [...new Set([...was.keys(), ...is.keys()])];
    return names
        .map((name) => ({ name, before: was.get(name) ?? null, after: is.get(name) ?? null }))
        .filter((change) => change.before !== change.after || !change.name.includes("."));
}

function flat(object, prefix = "", members = new Map()) {
    for (const [name, value] of Object.entries(object ?? {})) {
        const isInside = value !== null && typeof value === "object" && !Array.isArray(value);
        if (isInside) flat(value, `${prefix}${name}.`, members);
        else members.set(prefix + name, textOf(value));
    }
    return members;
}

function textOf(value) {
    return value === null || typeof value === "string" ? value : JSON.stringify(value);
}
