/**
 * The chat for a shop's page, embedded by one line:
 *
 *     <script type="module" src="https://hub.example/widget.js" data-lang="ar"></script>
 *
 * The hub is wherever this file came from. `data-lang` is `ar` or `en` (default: the page's own).
 * What the shop knows of its customer may stand there too: `data-name`, `data-email`, `data-phone`,
 * `data-user-id` with `data-signature` (docs/protocol.md, `auth`). The page hears of the chat by
 * `twocards:unread` on `window`, and opens it by `[data-hub-open]` on any of its own elements.
 */
import { ChatWidget } from "./widget/chat-widget.js";

const script = [...document.querySelectorAll("script[type=module][src]")].find(({ src }) => src === import.meta.url);
const options = script?.dataset ?? {};

new ChatWidget({
    base: new URL(".", import.meta.url),
    lang: options.lang ?? document.documentElement.lang,
    profile: {
        name: options.name,
        email: options.email,
        phone: options.phone,
        user_id: options.userId,
        signature: options.signature,
    },
}).mount(document.body);
