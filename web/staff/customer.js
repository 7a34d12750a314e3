/** How a customer is called who may have given no name. */
export function customerName({ contact, room }, t) {
    return (
        contact.name || contact.email || contact.phone || t("staff.visitor", { code: (contact.id ?? room).slice(-4) })
    );
}
