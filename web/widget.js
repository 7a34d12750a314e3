/**
 * The chat for a shop's page, embedded by one line:
 *
 *     <script type="module" src="https://hub.example/widget.js" data-lang="ar"></script>
 *
 * The hub is wherever this file came from. `data-lang` is `ar` or `en` (default: the page's own), `data-theme` is
 * `light` (default), `dark`, or `auto` for the visitor's system.
 * What the shop knows of its customer may stand there too: `data-name`, `data-email`, `data-phone`,
 * `data-user-id` with `data-signature` (docs/protocol.md, `auth`). The page hears of the chat by
 * `twocards:unread` on `window`, and opens it by `[data-hub-open]` on any of its own elements.
 */
import { Launcher } from "./widget/launcher.js";

// The hub serves the modules of a version below `/~version/`; the shop's page names none.
const embedded = import.meta.url.replace(/\/~[^/]+(?=\/widget\.js$)/, "");
const scripts = [...document.querySelectorAll("script[type=module][src]")];
const options = scripts.find(({ src }) => src.split(/[?#]/)[0] === embedded)?.dataset ?? {};

const launcher = await Launcher.make({
    base: new URL(".", import.meta.url),
    lang: options.lang ?? document.documentElement.lang,
    theme: options.theme,
    profile: {
        name: options.name,
        email: options.email,
        phone: options.phone,
        user_id: options.userId,
        signature: options.signature,
    },
});
launcher.mount(document.body);
