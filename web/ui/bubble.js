/** One message as an element: author, quote, body, reactions, time and how far it got. */
import { avatar } from "./avatar.js";
import { bdi, h, iconButton } from "./dom.js";
import { icon } from "./icons.js";
import { offer } from "./offer.js";
import { richText } from "./rich-text.js";
import { sources } from "./sources.js";

const TICKS = {
    queued: "clock",
    sent: "sent",
    delivered: "both",
    read: "both",
    failed: "alert",
    waiting: "clock",
    sending: "clock",
};

/**
 * @param {object} row laid out by rows.js
 * @param {object} context `{t, format, origin, isOut(row), actions, isOnline(), templateText?(body), isOpenOffer?(row)}`;
 *   among staff `namesIn(body)` finds where it calls colleagues by name
 */
export function bubble(row, context) {
    const { item, room, isNote, opens, closes } = row;
    const isMine = row.kind === "pending" || room.isMine(item);
    const isOut = context.isOut(row);
    const state = stateOf(row, isMine, context);
    const element = h(
        "li.message",
        { data: { mid: item.mid, seq: item.seq, state, kind: item.kind } },
        isOut ? null : h("div.gutter", {}, closes ? avatar(item.by) : null),
        h(
            "div.stack",
            {},
            opens ? author(row, isMine, isOut, context) : null,
            h("div.bubble", {}, quote(row, context), body(row, context), meta(row, isMine, state, context)),
            reactions(row, context),
            failure(row, context),
        ),
        tools(row, isMine, context),
    );
    element.classList.add(isOut ? "is-out" : "is-in");
    element.classList.toggle("is-note", isNote);
    element.classList.toggle("opens", opens);
    element.classList.toggle("closes", closes);
    return element;
}

/** Pending: `waiting`, `sending`, `failed`; own: how far it got; others: none. */
function stateOf({ kind, item, room }, isMine, context) {
    if (kind !== "pending") return isMine ? room.progressOf(item) : null;
    if (item.state === "failed") return "failed";
    return context.isOnline() ? "sending" : "waiting";
}

export function author({ item, isNote }, isMine, isOut, { t }) {
    const note = isNote ? h("span.note-label", {}, icon("lock"), t("conversation.note.label")) : null;
    const name = isMine ? null : bdi(nameOf(item.by, t));
    if (!note && (!name || (isMine && isOut))) return null;
    return h("div.author", {}, name, note);
}

/** What somebody is called: assistant and shop in the reader's language, a person who may have given no name. */
export function nameOf(by, t) {
    if (by.kind === "assistant") return t("assistant.name");
    if (by.kind === "system") return t("shop.name");
    return by.name || t("staff.visitor", { code: String(by.id).slice(-4) });
}

function quote({ item, room }, { t, onJump }) {
    const target = item.reply_to ?? item.replyTo;
    if (target == null) return null;
    const message = room.timeline.message(target);
    if (!message) return null;
    return h(
        "button.quote",
        { type: "button", on: { click: () => onJump(target, room) } },
        h("strong", {}, room.isMine(message) ? t("message.you") : bdi(nameOf(message.by, t))),
        h("span", { dir: "auto" }, plainText(message, t)),
    );
}

/** A message in one line, for quotes, lists and announcements. */
export function plainText(message, t) {
    if (message.deleted || !message.body) return t("message.deleted");
    switch (message.kind) {
        case "file":
            return message.body.caption || t("message.file", { name: message.body.name ?? "" });
        case "template":
            return t("message.template", { name: message.body.name });
        default:
            return message.body.text;
    }
}

function body(row, context) {
    const { item } = row;
    if (item.deleted) return h("p.text.is-deleted", {}, icon("trash"), context.t("message.deleted"));
    if (item.kind === "file" || (item.kind === "media" && item.body.url)) return file(row, context);
    if (item.kind === "template") return template(item, context);
    if (item.kind === "interactive") return offer(item.body, context.isOpenOffer?.(row) ? (choice) => context.actions.choose(row, choice) : null);
    if (item.kind === "notice" && item.body.notice === "goes_on") return goesOn(item.body, context);
    const text = richText(item.body.text, context.namesIn?.(item.body));
    const cited = sources(item.body.sources, context);
    return cited ? h("div.cited", {}, text, cited) : text;
}

/** The customer has a new number, and another conversation of theirs goes on. */
function goesOn({ text, room }, { t }) {
    const link = h("a", { href: `#/c/${encodeURIComponent(room)}` }, t("message.goesOn"));
    return h("div.card", {}, richText(text), h("small.card-note", {}, link));
}

/** What the customer reads where it is known here, else the template's name. */
function template(item, { t, templateText }) {
    const text = templateText?.(item.body);
    const name = plainText(item, t);
    return text ? h("div.card", {}, richText(text), h("small.card-note", {}, bdi(name))) : richText(name);
}

function file({ kind, item }, { t, format, origin }) {
    const local = kind === "pending" ? item.file : null;
    const { name, type, size } = local ? { name: item.fileName, ...describe(local) } : item.body;
    const caption = local ? item.caption : item.body.caption;
    const source = local ? null : safeUrl(item.body.url, origin);
    const played = source ? player(type, source, name) : null;
    if (played) return h("div.file-body", {}, played, caption ? richText(caption) : null);
    const content = String(type).startsWith("image/")
        ? image(local, source, name, item.body ?? {})
        : h(
              "span.file",
              {},
              h("span.file-icon", {}, icon("file")),
              h("span.file-name", {}, bdi(name), h("small", {}, format.size(size ?? 0))),
          );
    const link = source
        ? h(
              "a.attachment",
              { href: source, target: "_blank", rel: "noopener", "aria-label": t("message.file", { name }) },
              content,
          )
        : h("div.attachment", {}, content);
    return h("div.file-body", {}, link, caption ? richText(caption) : null);
}

/** What is heard or seen in time plays in place; nothing is loaded of it but its head. */
function player(type, source, name) {
    const kind = /^(audio|video)\//.exec(type ?? "")?.[1];
    return kind ? h(`${kind}.${kind}`, { controls: true, preload: "metadata", src: source, "aria-label": name }) : null;
}

const describe = (blob) => ({ type: blob.type, size: blob.size });

function image(local, source, name, { width, height }) {
    const element = h("img", { alt: name, width, height, loading: local ? null : "lazy", decoding: "async" });
    const url = local ? URL.createObjectURL(local) : source;
    if (local) element.addEventListener("load", () => URL.revokeObjectURL(url), { once: true });
    if (url) element.src = url;
    return element;
}

/** Only what a browser fetches as data; anything else is no link at all. */
function safeUrl(url, origin) {
    try {
        const parsed = new URL(url, origin);
        return ["http:", "https:"].includes(parsed.protocol) ? parsed.href : null;
    } catch {
        return null;
    }
}

function meta({ item }, isMine, state, { t, format }) {
    const label = state ? t(`message.${state === "queued" ? "sending" : state}`) : null;
    const words = state === "waiting" || state === "sending" ? h("span.state-text", {}, label) : null;
    return h(
        "div.meta",
        {},
        item.edited && !item.deleted ? h("span", {}, t("message.edited")) : null,
        words ?? h("time", { datetime: item.at, title: format.moment(item.at) }, format.time(item.at)),
        isMine && state
            ? h("span.ticks", { title: label, role: "img", "aria-label": label }, icon(TICKS[state]))
            : null,
    );
}

function reactions({ kind, item, room, isNote }, { actions }) {
    if (kind === "pending" || item.deleted || item.reactions.length === 0) return null;
    return h(
        "div.reactions",
        {},
        ...item.reactions.map(({ emoji, by }) => {
            const isMine = by.some((person) => room.isMine({ by: person }));
            const names = by.map((person) => person.name).join("، ");
            const toggle = () => actions.react?.({ item, room, isNote }, emoji, !isMine);
            return h(
                "button.reaction",
                {
                    type: "button",
                    title: names,
                    "aria-pressed": String(isMine),
                    disabled: !actions.react,
                    on: { click: toggle },
                },
                h("span", {}, emoji),
                by.length > 1 ? h("span.count", {}, String(by.length)) : null,
            );
        }),
    );
}

/** What was not sent to the hub, or did not get from there to the customer. */
function failure({ kind, item }, { t, actions }) {
    if (kind !== "pending") return undelivered(item.status, t);
    if (item.state !== "failed") return null;
    const known = ["too_large", "forbidden", "unsupported", "conflict"].includes(item.error);
    const reason = known ? t(`error.${item.error}`) : t("error.other", { code: item.error });
    return h(
        "div.failure",
        {},
        h("span", {}, `${t("message.failed")}. ${reason}`),
        h("button.link", { type: "button", on: { click: () => actions.retry(item.mid) } }, t("message.retry")),
        h("button.link", { type: "button", on: { click: () => actions.discard(item.mid) } }, t("message.discard")),
    );
}

function undelivered(status, t) {
    if (status?.state !== "failed") return null;
    return h("div.failure", { dir: "auto" }, status.err || t("message.failed"));
}

function tools(row, isMine, { t, actions }) {
    if (row.kind === "pending" || row.item.deleted) return null;
    const canEdit = isMine && row.item.kind === "text";
    const buttons = [
        actions.pickReaction ? reactionButton(row, t, actions) : null,
        actions.reply ? iconButton(icon("reply"), t("message.reply"), () => actions.reply(row)) : null,
        actions.translate && (row.item.body?.text || row.item.body?.caption)
            ? iconButton(icon("globe"), t("help.translate.message"), () => actions.translate(row))
            : null,
        actions.edit && canEdit ? iconButton(icon("edit"), t("message.edit"), () => actions.edit(row)) : null,
        actions.remove && (isMine || actions.canRemoveAll)
            ? iconButton(icon("trash"), t("message.delete"), () => actions.remove(row))
            : null,
    ].filter(Boolean);
    if (buttons.length === 0) return null;
    return h("div.tools", { role: "group", "aria-label": t("message.tools") }, ...buttons);
}

function reactionButton(row, t, actions) {
    const button = iconButton(icon("smile"), t("message.react"), () => {});
    actions.pickReaction(button, row);
    return button;
}
