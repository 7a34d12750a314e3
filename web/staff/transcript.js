/** A conversation as a file on the agent's computer. */

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
