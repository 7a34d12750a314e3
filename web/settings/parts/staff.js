/** Members of staff to whom something can be given. */

/** @returns {Promise<Array<{value, label, hint}>>} nobody for whom may not see them */
export async function staffOf({ rest, may }) {
    if (!may("users:read")) return [];
    const { items } = await rest.get("/users?limit=200&sort=name");
    return items
        .filter(({ disabled }) => !disabled)
        .map(({ id, name, email }) => ({ value: id, label: name, hint: email }));
}

/** A field for who looks after something. Whoever has it now can be kept, also when they are not here any more. */
export function ownerField({ t }, staff, owner = null) {
    const known = staff.some(({ value }) => value === owner);
    const options = owner === null || known ? staff : [...staff, { value: owner, label: t("staff.gone") }];
    return { name: "owner", kind: "choice", label: t("staff.owner"), options: [{ value: null, label: t("staff.nobody") }, ...options] };
}

/** What the filter says for things of nobody. */
export const NOBODY = "nobody";

/** A filter by who looks after something. */
export function ownerFilter({ t, session }, staff, { hasNobody = false } = {}) {
    const mine = { value: session.me.id, label: t("staff.me") };
    const others = staff.filter(({ value }) => value !== session.me.id);
    const nobody = hasNobody ? [{ value: NOBODY, label: t("staff.nobody") }] : [];
    return { name: "owner", kind: "choice", label: t("staff.owner"), options: [{ value: "", label: t("filter.all") }, mine, ...nobody, ...others] };
}

/** What somebody is called. */
export const ownerName = (staff, id) => staff.find(({ value }) => value === id)?.label ?? null;
