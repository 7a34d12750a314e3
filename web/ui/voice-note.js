/**
 * Records what somebody says: a button, and while it runs a line with the time, a way out and one to send.
 *
 * Browsers record in different formats (https://w3c.github.io/mediacapture-record/); the first of
 * these that one knows is taken. Nothing is kept before it is sent.
 */
import { h, iconButton } from "./dom.js";
import { icon } from "./icons.js";

const FORMATS = [
    { type: "audio/ogg;codecs=opus", ending: "ogg" },
    { type: "audio/webm;codecs=opus", ending: "webm" },
    { type: "audio/mp4", ending: "m4a" },
];
/** It ends, and can be sent, after this long. */
export const MAX_MS = 5 * 60_000;
const TICK_MS = 250;

/** False where the page is not served safely, or the browser has no recorder. */
export const canRecord = () => Boolean(globalThis.navigator?.mediaDevices?.getUserMedia && formatOf());

function formatOf() {
    return FORMATS.find(({ type }) => globalThis.MediaRecorder?.isTypeSupported(type)) ?? null;
}

/** Minutes and seconds, as players show them. Pure. */
export function clockText(ms) {
    const seconds = Math.floor(ms / 1_000);
    return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

export class VoiceNote {
    button;
    /** The line that stands in place of the text meanwhile. */
    element;
    #t;
    #on;
    #time = h("span.voice-time", { role: "timer", dir: "ltr" });
    #recorder = null;
    #parts = [];
    #startedAt = 0;
    #ticker = null;

    /** @param {{file: (file: File) => void, state: (isRecording: boolean) => void, refused: () => void}} on */
    constructor(t, on) {
        this.#t = t;
        this.#on = on;
        this.button = iconButton(icon("mic"), t("voice.record"), () => this.#start(), { class: "icon-button record" });
        const send = h(
            "button.send-button",
            { type: "button", "aria-label": t("voice.send"), title: t("voice.send"), on: { click: () => this.#end(true) } },
            icon("send"),
        );
        this.element = h(
            "div.voice-line",
            { hidden: true, role: "group", "aria-label": t("voice.recording"), on: { keydown: (event) => this.#key(event) } },
            iconButton(icon("trash"), t("voice.discard"), () => this.#end(false)),
            h("span.voice-sign"),
            this.#time,
            send,
        );
    }

    async #start() {
        this.button.disabled = true;
        try {
            const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
            this.#record(stream, formatOf());
        } catch {
            this.#on.refused();
        } finally {
            this.button.disabled = false;
        }
    }

    #record(stream, format) {
        const recorder = new MediaRecorder(stream, { mimeType: format.type });
        this.#recorder = recorder;
        this.#parts = [];
        recorder.addEventListener("dataavailable", ({ data }) => this.#parts?.push(data));
        recorder.addEventListener("stop", () => {
            for (const track of stream.getTracks()) track.stop();
            this.#ended(format);
        });
        recorder.start();
        this.#startedAt = performance.now();
        this.#ticker = setInterval(() => this.#tick(), TICK_MS);
        this.#tick();
        this.element.hidden = false;
        this.#on.state(true);
        this.element.querySelector(".send-button").focus();
    }

    #tick() {
        const passed = performance.now() - this.#startedAt;
        this.#time.textContent = clockText(passed);
        if (passed >= MAX_MS && this.#recorder.state === "recording") this.#recorder.pause();
    }

    #end(isWanted) {
        if (!this.#recorder || this.#recorder.state === "inactive") return;
        if (!isWanted) this.#parts = null;
        this.#recorder.stop();
    }

    /** Parts are null when nobody wants them. */
    #ended(format) {
        const parts = this.#parts;
        clearInterval(this.#ticker);
        this.#recorder = null;
        this.element.hidden = true;
        this.#on.state(false);
        this.button.focus();
        if (!parts) return;
        const name = `${this.#t("voice.name")}.${format.ending}`;
        const file = new File(parts, name, { type: format.type.split(";")[0] });
        if (file.size > 0) this.#on.file(file);
    }

    #key(event) {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        this.#end(false);
    }
}
