/** A menu of emoji beside the text. The keyboard's own has all of them; these are the ones that a shop's chat needs. */
import { iconButton } from "./dom.js";
import { icon } from "./icons.js";
import { attachMenu } from "./menu.js";

const EMOJI = [
    ..."😀😄😅😂🙂😉😊😍🥰😘😎🤔😐🙄😢😭😡😱😴🤗",
    ..."👍👎👌🙏👏🤝💪👋🤲☝️".match(/\p{Emoji}\uFE0F?/gu),
    ..."❤️💚💙🌹🎉🎁⭐🔥✅❌❓❗".match(/\p{Emoji}\uFE0F?/gu),
    ..."💳💰📱🎮🎧📧⏳🕌🌙☕".match(/\p{Emoji}\uFE0F?/gu),
];

/** @param {(emoji: string) => void} choose */
export function emojiButton(t, choose) {
    const button = iconButton(icon("smile"), t("composer.emoji"), () => {}, { data: { menu: "emoji" } });
    const items = EMOJI.map((emoji) => ({ label: emoji, run: () => choose(emoji) }));
    attachMenu(button, () => items, { className: "emoji-menu" });
    return button;
}
