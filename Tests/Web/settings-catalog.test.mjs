import assert from "node:assert/strict";
import { test } from "node:test";
import { bodyOf, FIRST, valuesOf } from "../../web/settings/catalog/product-fields.js";
import { minorDigits, readAmount, writeAmount } from "../../web/ui/money.js";

test("amounts are written and read in the fraction of their currency", () => {
    assert.deepEqual(["SAR", "KWD", "JPY", "nonsense"].map(minorDigits), [2, 3, 0, 2]);
    assert.deepEqual([[1999, "SAR"], [5, "SAR"], [0, "SAR"], [1500, "KWD"], [70, "JPY"]].map((each) => writeAmount(...each)), [
        "19.99",
        "0.05",
        "0.00",
        "1.500",
        "70",
    ]);
    for (const [text, minor] of [["19.99", 1999], [" 19,9 ", 1990], ["٤٩٫٥", 4950], ["49", 4900], ["0", 0], ["5.", 500]]) {
        assert.equal(readAmount(text, "SAR"), minor, text);
    }
    for (const text of ["", "-1", "1.999", "1,000.50", "ten", "1e3", "99999999999999999"]) {
        assert.equal(readAmount(text, "SAR"), null, text);
    }
    assert.equal(readAmount("1.5", "JPY"), null);
    for (const minor of [0, 1, 10, 99, 100, 123456]) assert.equal(readAmount(writeAmount(minor, "SAR"), "SAR"), minor);
});

const product = {
    id: "p_1",
    name_ar: "بطاقة",
    name_en: null,
    sku: "PSN-50",
    price: 5000,
    currency: "SAR",
    state: "active",
    category: null,
    description_ar: null,
    description_en: null,
    stock_policy: "codes",
    stock: 7,
    low_stock_threshold: 3,
    images: [],
};

test("a product is shown as people write it, and travels as the hub counts it", () => {
    const values = valuesOf(product);
    assert.deepEqual(Object.keys(values).sort(), Object.keys(FIRST).sort());
    assert.equal(values.price, "50.00");
    assert.equal(values.stock, null, "codes are counted, and not said");
    assert.equal(valuesOf({ ...product, stock_policy: "tracked" }).stock, 7);
    assert.deepEqual(bodyOf({ price: "49.5", name_en: " " }, { ...values, price: "49.5" }), { price: 4950, name_en: null });
    assert.deepEqual(bodyOf({ state: "draft" }, values), { state: "draft" });
    assert.deepEqual(bodyOf({ currency: "KWD" }, { ...values, currency: "KWD" }), { currency: "KWD", price: 50000 }, "the amount that is read");
});

test("a price that is none is refused as the hub would refuse it", () => {
    for (const [price, code] of [["", "required"], ["ten", "format"]]) {
        assert.throws(
            () => bodyOf({ price }, { ...FIRST, price }),
            ({ code: kind, fields }) => kind === "invalid" && fields[0].pointer === "#/price" && fields[0].code === code,
        );
    }
});
