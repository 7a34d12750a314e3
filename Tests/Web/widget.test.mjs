import assert from "node:assert/strict";
import { test } from "node:test";
import { openOffer } from "../../web/ui/offer.js";
import { clockText } from "../../web/ui/voice-note.js";
import { contactOf } from "../../web/widget/introduction.js";

test("a recording says how long it is as players do", () => {
    assert.deepEqual([0, 999, 1_000, 61_500, 3_600_000].map(clockText), ["0:00", "0:00", "0:01", "1:01", "60:00"]);
});

test("one field takes an address or a number, in the digits of any keyboard", () => {
    assert.deepEqual(contactOf(" sara@example.com "), { email: "sara@example.com" });
    assert.deepEqual(contactOf("+966 50 123-4567"), { phone: "+966501234567" });
    assert.deepEqual(contactOf("٠٥٠١٢٣٤٥٦٧"), { phone: "0501234567" });
    assert.deepEqual(contactOf("۰۵۰۱۲۳۴۵۶۷"), { phone: "0501234567" });
    for (const text of ["سارة", "sara@", "@example.com", "123", "a b@example.com", "1".repeat(16)]) {
        assert.equal(contactOf(text), null, text);
    }
});

test("an offer is open until the visitor writes, and only the last one is", () => {
    const isMine = ({ by }) => by === "me";
    const text = (seq, by) => ({ seq, by, kind: "text", body: { text: "" } });
    const offer = (seq, body = { buttons: [] }) => ({ seq, by: "agent", kind: "interactive", body });
    assert.equal(openOffer([], isMine), null);
    assert.equal(openOffer([text(1, "me"), offer(2)], isMine), 2);
    assert.equal(openOffer([offer(1), offer(2), text(3, "agent")], isMine), 2);
    assert.equal(openOffer([offer(1), { seq: 2, ev: "assign", by: "me" }], isMine), 1, "notices take nothing away");
    assert.equal(openOffer([offer(1), text(2, "me")], isMine), null);
    assert.equal(openOffer([offer(1), { ...offer(2), deleted: {}, body: null }], isMine), 1);
    assert.equal(openOffer([offer(1), offer(2, { link: {} })], isMine), 1, "a link is no choice");
});
