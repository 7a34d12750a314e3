import assert from "node:assert/strict";
import { test } from "node:test";
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
