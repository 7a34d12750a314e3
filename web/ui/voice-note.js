/**
 * Records what somebody says: a button, and while it runs a line with the time, a way out and one to send.
 *
 * Browsers record in different formats (https://w3c.github.io/mediacapture-record/); the first of
 * these that one knows is taken. What is recorded stays in the page until it is sent.
 */
import { h, iconButton } from "./dom.js";
import { icon } from "./icons.js";

const FORMATS = [
    { type: "audio/ogg;codecs=opus", ending: "ogg" },
    { type: "audio/webm;codecs=opus", ending: "webm" },
    { type: "audio/mp4", ending: "m4a" },
];
/** It ends after this long, and can be sent. */
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

function release(stream) {
    for (const track of stream.getTracks()) track.stop();
}

export class VoiceNote {
    button;
    /** The line that stands in place of the text meanwhile. */
    element;
    #t;
    #on;
    #time = h("span.voice-time", { role: "timer", dir: "ltr" });
    /** While there is something recorded that is neither sent nor thrown away. */
    #recorder = null;
    #format;
    #parts = [];
    /** The microphone has been let go, and everything recorded is in `#parts`. */
    #isOver = false;
    /** What is to become of it: true to send it, false to throw it away, null while nobody has said. */
    #isWanted = null;
    /** Somebody asked for the microphone, and still wants it. */
    #isAsked = false;
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
            { hidden: true, role: "group", on: { keydown: (event) => this.#key(event) } },
            iconButton(icon("trash"), t("voice.discard"), () => this.#end(false)),
            h("span.voice-sign"),
            this.#time,
            send,
        );
    }

    /** Lets the microphone go. What was said so far waits to be sent or thrown away. */
    stop() {
        this.#isAsked = false;
        if (this.#recorder && this.#recorder.state !== "inactive") this.#recorder.stop();
    }

    async #start() {
        this.button.disabled = true;
        this.#isAsked = true;
        let stream = null;
        try {
            stream = await navigator.mediaDevices.getUserMedia({ audio: true });
            if (this.#isAsked) this.#record(stream, formatOf());
            else release(stream);
        } catch {
            if (stream) release(stream);
            if (this.#isAsked) this.#on.refused();
        } finally {
            this.button.disabled = false;
        }
    }

    #record(stream, format) {
        const recorder = new MediaRecorder(stream, { mimeType: format.type });
        this.#recorder = recorder;
        this.#format = format;
        this.#parts = [];
        this.#isOver = false;
        this.#isWanted = null;
        recorder.addEventListener("dataavailable", ({ data }) => this.#parts.push(data));
        // It stops by itself when the microphone goes away.
        recorder.addEventListener("stop", () => {
            release(stream);
            this.#stopped();
        });
        recorder.start();
        this.#startedAt = performance.now();
        this.#ticker = setInterval(() => this.#tick(), TICK_MS);
        this.#tick();
        this.#label();
        this.element.hidden = false;
        this.#on.state(true);
        this.element.querySelector(".send-button").focus();
    }

    #tick() {
        const passed = performance.now() - this.#startedAt;
        this.#time.textContent = clockText(passed);
        if (passed >= MAX_MS) this.stop();
    }

    #end(isWanted) {
        if (!this.#recorder || this.#isWanted !== null) return;
        this.#isWanted = isWanted;
        if (this.#isOver) this.#finish();
        else this.stop();
    }

    #stopped() {
        clearInterval(this.#ticker);
        this.#isOver = true;
        this.#label();
        if (this.#isWanted !== null) this.#finish();
    }

    #label() {
        this.element.classList.toggle("is-over", this.#isOver);
        this.element.setAttribute("aria-label", this.#t(this.#isOver ? "voice.recorded" : "voice.recording"));
    }

    #finish() {
        this.#recorder = null;
        this.element.hidden = true;
        this.#on.state(false);
        this.button.focus();
        if (!this.#isWanted) return;
        const { type, ending } = this.#format;
        const file = new File(this.#parts, `${this.#t("voice.name")}.${ending}`, { type: type.split(";")[0] });
        if (file.size > 0) this.#on.file(file);
    }

    #key(event) {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        this.#end(false);
    }
}
