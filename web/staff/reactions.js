/** The menu of reactions to a message. */
import { attachMenu } from "../ui/menu.js";

const REACTIONS = ["👍", "❤️", "🙏", "🎉", "😊", "✅"];

/** Opens at `button`; choosing the same one again takes it back. */
export function attachReactions(hub, button, { room, item }) {
    const entries = () =>
        REACTIONS.map((emoji) => {
            const people = item.reactions.find((each) => each.emoji === emoji)?.by ?? [];
            const isMine = people.some((by) => room.isMine({ by }));
            return { label: emoji, run: () => hub.react(room.id, item.seq, emoji, !isMine) };
        });
    attachMenu(button, entries, { className: "reactions-menu" });
}
