/** Asks the visitor how it was, once the hub has asked in the log, until they answer or write on. */
import { h } from "../ui/dom.js";

const SCORES = [1, 2, 3, 4, 5];
const FACES = ["😞", "🙁", "😐", "🙂", "😄"];

/**
 * The survey that wants an answer: the last one, unless it was answered or the visitor wrote after it. Pure.
 * @returns {?number} its seq
 */
export function openSurvey(items, isMine) {
    let open = null;
    for (const item of items) {
        if (item.ev === "survey") open = item.seq;
        else if (item.ev === "rating" && item.survey === open) open = null;
        else if (item.ev === undefined && isMine(item)) open = null;
    }
    return open;
}

export class Survey {
    element = h("form.survey", { hidden: true });
    #t;
    #rate;
    #seq = null;
    #score = null;
    #answered = null;

    /** @param {(answer: {survey, score, comment}) => Promise<void>} rate */
    constructor(t, rate) {
        this.#t = t;
        this.#rate = rate;
        this.element.addEventListener("submit", (event) => this.#submit(event));
    }

    /** @param {?number} seq of the survey that wants an answer */
    show(seq) {
        if (seq === this.#seq) return;
        this.#seq = seq;
        this.#score = null;
        this.element.hidden = seq === null || seq === this.#answered;
        if (!this.element.hidden) this.#draw();
    }

    #draw() {
        const t = this.#t;
        const faces = SCORES.map((score, index) =>
            h(
                "button.survey-face",
                {
                    type: "button",
                    data: { score },
                    "aria-label": t(`survey.score.${score}`),
                    "aria-pressed": "false",
                    on: { click: () => this.#choose(score) },
                },
                FACES[index],
            ),
        );
        const comment = h("textarea.survey-comment", {
            rows: 2,
            maxlength: 1_000,
            dir: "auto",
            placeholder: t("survey.comment"),
            "aria-label": t("survey.comment"),
        });
        this.element.replaceChildren(
            h("strong", {}, t("survey.ask")),
            h("div.survey-faces", { role: "group", "aria-label": t("survey.ask") }, ...faces),
            h("div.survey-more", { hidden: true }, comment, h("button.button", { type: "submit" }, t("survey.send"))),
            h("p.survey-error", { role: "alert", hidden: true }),
        );
    }

    #choose(score) {
        this.#score = score;
        for (const face of this.element.querySelectorAll(".survey-face"))
            face.setAttribute("aria-pressed", String(Number(face.dataset.score) === score));
        this.element.querySelector(".survey-more").hidden = false;
    }

    async #submit(event) {
        event.preventDefault();
        if (this.#score === null) return;
        const comment = this.element.querySelector(".survey-comment").value.trim();
        try {
            await this.#rate({ survey: this.#seq, score: this.#score, ...(comment === "" ? {} : { comment }) });
            this.#answered = this.#seq;
            this.element.hidden = true;
        } catch (error) {
            const line = this.element.querySelector(".survey-error");
            line.textContent = this.#t("error.other", { code: error.code });
            line.hidden = false;
        }
    }
}
