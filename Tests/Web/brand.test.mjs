import assert from "node:assert/strict";
import { test } from "node:test";
import { brandColours, contrast, parse } from "../../web/ui/brand.js";

test("what is no colour changes nothing", () => {
    for (const colour of [undefined, null, "", "red", "#fff", "#0b6e5g", "#0b6e5f; color: red"]) {
        assert.deepEqual(brandColours(colour), {});
    }
});

test("any colour can be written on, and in", () => {
    const steps = [0, 51, 102, 128, 153, 204, 255];
    for (const r of steps) {
        for (const g of steps) {
            for (const b of steps) {
                const colour = `#${[r, g, b].map((value) => value.toString(16).padStart(2, "0")).join("")}`;
                const made = brandColours(colour);
                assert.equal(made["--brand"], colour);
                assert.ok(contrast(parse(made["--on-brand"]), parse(colour)) >= 4.5, colour);
                const [day, night] = made["--brand-ink"].match(/#[0-9a-f]{6}/g);
                assert.ok(contrast(parse(day), [255, 255, 255]) >= 4.5, colour);
                assert.ok(contrast(parse(night), parse("#17201e")) >= 4.5, colour);
            }
        }
    }
});

test("a dark colour is written on in white, a light one in black", () => {
    assert.equal(brandColours("#0B6E5F")["--on-brand"], "#ffffff");
    assert.equal(brandColours("#ffd400")["--on-brand"], "#000000");
    assert.match(brandColours("#0b6e5f")["--brand-ink"], /^light-dark\(#0b6e5f, /, "what is readable stays as it is");
});
