/** Tells a visitor who looks elsewhere that somebody wrote: a short sound, and the count in the title of the page. */
const MUTED_KEY = "hub:widget:muted";
/** Two notes: their pitch in hertz and when they begin, in seconds. */
const NOTES = [
    [880, 0],
    [1174.7, 0.12],
];
const NOTE_S = 0.16;
const LOUDNESS = 0.08;

export class ArrivalAlert {
    #t;
    #storage;
    #unread = 0;
    /** The page's own title while ours stands in its place. */
    #theirs = null;
    #ours = null;
    #audio = null;

    /** @param {SafeStorage} storage remembers whether the visitor wants no sound */
    constructor(t, storage) {
        this.#t = t;
        this.#storage = storage;
        document.addEventListener("visibilitychange", () => this.#showTitle());
    }

    get isMuted() {
        return this.#storage.get(MUTED_KEY) === true;
    }

    set isMuted(isMuted) {
        if (isMuted) this.#storage.set(MUTED_KEY, true);
        else this.#storage.remove(MUTED_KEY);
    }

    showUnread(n) {
        this.#unread = n;
        this.#showTitle();
    }

    /** Browsers play nothing before the visitor has touched the page; then it stays quiet. */
    ring() {
        if (this.isMuted || !globalThis.navigator?.userActivation?.hasBeenActive) return;
        this.#audio ??= new AudioContext();
        for (const [pitch, start] of NOTES) this.#play(pitch, this.#audio.currentTime + start);
    }

    #play(pitch, at) {
        const tone = new OscillatorNode(this.#audio, { frequency: pitch });
        const loudness = new GainNode(this.#audio, { gain: 0 });
        loudness.gain.linearRampToValueAtTime(LOUDNESS, at + 0.01);
        loudness.gain.linearRampToValueAtTime(0, at + NOTE_S);
        tone.connect(loudness).connect(this.#audio.destination);
        tone.start(at);
        tone.stop(at + NOTE_S);
    }

    #showTitle() {
        const isNews = this.#unread > 0 && document.visibilityState === "hidden";
        // The page may have named itself anew meanwhile: that stays.
        if (this.#ours !== null && document.title === this.#ours) document.title = this.#theirs;
        this.#ours = null;
        if (!isNews) return;
        this.#theirs = document.title;
        this.#ours = this.#t("widget.newTitle", { n: this.#unread, title: this.#theirs });
        document.title = this.#ours;
    }
}
