import assert from "node:assert/strict";
import { test } from "node:test";
import { webAddress } from "../../web/ui/sources.js";

test("only pages of the web are links", () => {
    assert.equal(webAddress("https://shop.example/refunds"), "https://shop.example/refunds");
    assert.equal(webAddress("http://shop.example/a b"), "http://shop.example/a%20b");
    for (const url of ["javascript:alert(1)", " JaVaScRiPt:alert(1)", "data:text/html,x", "/refunds", "", null, undefined]) {
        assert.equal(webAddress(url), null, String(url));
    }
});
