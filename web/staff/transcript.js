/** A conversation as a file on the agent's computer, or in the customer's mail. */
import { makeMid } from "../sdk/ids.js";

/** @param {{format: "text" | "html", notes: boolean}} options */
export async function downloadTranscript({ hub, t, toast }, room, { format, notes }) {
    try {
        const file = await hub.rest.transcript(room, { format, notes });
        const url = URL.createObjectURL(file);
        const link = document.createElement("a");
        link.href = url;
        link.download = `${room}.${format === "html" ? "html" : "txt"}`;
        link.click();
        URL.revokeObjectURL(url);
    } catch (error) {
        toast(t("error.other", { code: error.code }));
    }
}

/** The note in the side room says how far it got. */
export async function mailTranscript({ hub, t, toast }, room) {
    try {
        await hub.rest.mailTranscript(room, makeMid());
        toast(t("transcript.mailed"));
    } catch (error) {
        toast(error.status === 409 ? t("transcript.noMail") : t("error.other", { code: error.code }));
    }
}
