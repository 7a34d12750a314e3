import assert from "node:assert/strict";
import { test } from "node:test";
import { HubError } from "../../web/sdk/errors.js";
import { bodyOf as contactBody, knownBy, takenBy, valuesOf as contactValues } from "../../web/settings/crm/contact-fields.js";
import { placeOf } from "../../web/settings/crm/contact-history.js";
import { parameters as contactParameters } from "../../web/settings/crm/contacts.js";
import { cut, lineIn } from "../../web/settings/crm/csv-parts.js";
import { bodyOf as dealBody, valuesOf as dealValues } from "../../web/settings/crm/deal-fields.js";
import { bodyOf as leadBody, valuesOf as leadValues } from "../../web/settings/crm/lead-fields.js";
import { bodyOf as pipelineBody, valuesOf as pipelineValues } from "../../web/settings/crm/pipelines.js";
import { rowWords } from "../../web/settings/form/rows-input.js";
import { bodyOf as goalBody, FIRST_STEP, isCounted, nextOf as nextOfGoal, stepBody, valuesOf as goalValues } from "../../web/settings/growth/goal-fields.js";
import { bodyOf as programBody, valuesOf as programValues } from "../../web/settings/growth/program-fields.js";
import { bodyOf as callbackBody, parameters as callbackParameters, valuesOf as callbackValues } from "../../web/settings/orders/callback-fields.js";
import { parameters as orderParameters } from "../../web/settings/orders/orders.js";
import { Names } from "../../web/settings/parts/names.js";
import { standing } from "../../web/ui/crm/callback-steps.js";
import { nextOf as nextOfLead } from "../../web/ui/crm/lead-steps.js";
import { nextOf as nextOfOrder, owedOf } from "../../web/ui/crm/order-state.js";
import { stageOptions } from "../../web/ui/crm/stages.js";
import { amountOf, amountText, dayText, momentOf, momentText } from "../../web/ui/values.js";

const refusal = (name, code) => (error) => error instanceof HubError && error.fields[0].pointer === `#/${name}` && error.fields[0].code === code;

test("amounts, days and moments are written as people write them", () => {
    assert.deepEqual([amountText(null, "SAR"), amountText(1999, "SAR")], ["", "19.99"]);
    assert.equal(amountOf("value", "٤٩٫٥", "SAR"), 4950);
    assert.equal(amountOf("value", " ", "SAR", { isRequired: false }), null);
    assert.throws(() => amountOf("value", "", "SAR"), refusal("value", "required"));
    assert.throws(() => amountOf("value", "ten", "SAR"), refusal("value", "format"));
    assert.deepEqual([dayText(null), momentText(null), momentOf("")], ["", "", null]);
    for (const text of ["2026-11-22", "2026-01-01"]) assert.equal(dayText(momentOf(text)), text);
    for (const text of ["2026-11-22T09:05", "2026-01-01T00:00"]) assert.equal(momentText(momentOf(text)), text);
});

const contact = {
    name: "ليلى",
    company: null,
    identities: [{ kind: "email", value: "l@example.com" }, { kind: "phone", value: "+966501234567" }],
    owner: null,
    labels: ["vip"],
    language: "ar",
    notes: null,
    fields: { مدينة: "جدة", b: "2" },
};

test("a contact is shown, changed, and what was taken away is said to be gone", () => {
    const values = contactValues(contact);
    assert.deepEqual(contactBody(values, contact), { ...contact, fields: { b: "2", مدينة: "جدة" } }, "there and back");
    const fields = JSON.stringify([{ name: " b ", value: "3" }, { name: "", value: "x" }, { name: "c", value: " " }]);
    assert.deepEqual(contactBody({ fields }, contact), { fields: { b: "3", مدينة: null } });
    const identities = JSON.stringify([{ kind: "phone", value: " 00966 " }, { kind: "phone", value: "" }]);
    assert.deepEqual(contactBody({ identities, company: " " }), { identities: [{ kind: "phone", value: "00966" }], company: null });
    assert.equal(knownBy(contact), "+966501234567");
    assert.equal(knownBy({ identities: [{ kind: "visitor", value: "v" }] }), null);
    assert.deepEqual(rowWords(values.identities), ["email l@example.com", "phone +966501234567"]);
    assert.deepEqual(rowWords(JSON.stringify([{ id: "s_1", name_ar: "أ", name_en: "" }])), ["أ"]);
    assert.deepEqual(contactParameters({ owner: "nobody", q: "x" }), { q: "x", unowned: "true" });
    assert.deepEqual(contactParameters({ owner: "u_1" }), { owner: "u_1" });
});

test("who has a number already is known from the refusal", () => {
    const taken = (detail) => new HubError("conflict", "", { fields: [{ pointer: "#/identities/0", code: "taken", detail }] });
    assert.equal(takenBy(taken("belongs to c_01JD0000000000000000000000")), "c_01JD0000000000000000000000");
    assert.equal(takenBy(taken("belongs to another contact")), null);
    assert.equal(takenBy(new HubError("stale", "")), null);
});

test("what happened leads to where it is", () => {
    const place = (kind, id) => placeOf({ kind, id });
    assert.equal(place("conversation", "r/1"), "/staff#/c/r%2F1");
    assert.equal(place("lead", "l_1"), "#/leads/l_1");
    assert.equal(place("order", "A 1"), "#/orders?number=A+1");
    assert.deepEqual([place("note", "n"), place("code", "k")], [null, null]);
});

const bytes = (text) => new TextEncoder().encode(text);
const parts = (text, size = 2) => {
    const { header, headerLines, lines, parts: found } = cut(bytes(text), size);
    const read = (each) => new TextDecoder("utf-8", { ignoreBOM: true }).decode(each);
    return { header: read(header), headerLines, lines, parts: found.map((part) => [read(part.bytes), part.line, part.records]) };
};

test("a table is cut between its records, and nowhere else", () => {
    assert.deepEqual(parts("name,phone\nأ,1\nب,2\nج,3\n"), {
        header: "name,phone\n",
        headerLines: 1,
        lines: 3,
        parts: [["أ,1\nب,2\n", 2, 2], ["ج,3\n", 4, 1]],
    });
    const quoted = parts('\uFEFFname,notes\r\n"أ, ""ب""","سطر\r\nوسطر"\r\n\r\nج,"x"\r\nد,', 1);
    assert.equal(quoted.header, "\uFEFFname,notes\r\n");
    assert.deepEqual(quoted.parts, [['"أ, ""ب""","سطر\r\nوسطر"\r\n', 2, 1], ['ج,"x"\r\n', 5, 1], ["د,", 6, 1]]);
    assert.deepEqual(parts("name\ra\rb\r", 9).parts, [["a\rb\r", 2, 2]], "CR alone ends lines, too");
    assert.deepEqual(parts("name").parts, []);
    assert.deepEqual(parts(""), { header: "", headerLines: 1, lines: 0, parts: [] });
    assert.equal(parts("\n\nname\na\n").headerLines, 3, "empty lines before the header are sent with it");
    assert.deepEqual(parts('name\na"b\nc\n', 9).lines, 2, "a quote inside a field opens nothing");
});

test("a line is named by where it stands in the whole file", () => {
    const { headerLines, parts: found } = cut(bytes("name\na\nb\nc\nd\n"), 2);
    assert.equal(lineIn(found[1], headerLines, 2), 4);
    assert.equal(lineIn(found[1], headerLines, 3), 5);
});

test("every byte of the records is sent once, however the table is cut", () => {
    const text = 'h1,h2\n' + Array.from({ length: 57 }, (_, n) => (n % 5 ? `${n},"a\n""${n}"""` : `${n},ب`)).join("\r\n");
    for (const size of [1, 2, 7, 100]) {
        const { parts: found, lines } = parts(text, size);
        assert.equal(lines, 57);
        assert.equal(found.map(([each]) => each).join(""), text.slice(6));
    }
});

test("a lead travels with its worth, and takes the steps of the hub", () => {
    const lead = { name: "س", phone: null, email: null, source: "web", owner: null, value: 9900, currency: "SAR", notes: null };
    const values = leadValues(lead);
    assert.equal(values.value, "99.00");
    assert.deepEqual(leadBody({ phone: " " }, values), { phone: null });
    assert.deepEqual(leadBody({ currency: "KWD" }, { ...values, value: "1.5", currency: "KWD" }), { currency: "KWD", value: 1500 });
    assert.deepEqual(leadBody({ value: "" }, { ...values, value: "" }), { value: null });
    assert.deepEqual(leadBody({ contact: null, name: "س" }, values), { name: "س" });
    assert.deepEqual(["new", "qualified", "converted", "lost"].map(nextOfLead), [["contacted", "lost"], ["lost"], [], ["new"]]);
});

test("a deal is moved with its pipeline", () => {
    const stages = [{ value: "s_1", pipeline: "p_1" }, { value: "s_2", pipeline: "p_2" }];
    const values = dealValues({ title: "ج", stage: "s_1", amount: 0, currency: "SAR", expected_close_at: null, owner: null });
    assert.deepEqual(dealBody({ stage: "s_2" }, values, stages), { stage: "s_2", pipeline: "p_2" });
    assert.deepEqual(dealBody({ amount: "" }, { ...values, amount: "" }, stages), { amount: 0 });
    assert.deepEqual(dealBody({ expected_close_at: "" }, values, stages), { expected_close_at: null });
    assert.throws(() => dealBody({ amount: "x" }, { ...values, amount: "x" }, stages), refusal("amount", "format"));
});

test("stages keep their ids, and say their pipeline when there are several", () => {
    const kept = { id: "p_1", name_ar: "بيع", name_en: "Sales", archived: false, stages: [{ id: "s_1", name_ar: "أ", name_en: null }] };
    const values = pipelineValues(kept);
    assert.deepEqual(pipelineBody(values), { name_ar: "بيع", name_en: "Sales", archived: false, stages: [{ id: "s_1", name_ar: "أ", name_en: null }] });
    const stages = JSON.stringify([{ name_ar: " ب ", name_en: "B" }]);
    assert.deepEqual(pipelineBody({ stages }), { stages: [{ name_ar: "ب", name_en: "B" }] });
    assert.equal(stageOptions({ lang: "ar" }, [kept])[0].label, "أ");
    assert.equal(stageOptions({ lang: "en" }, [kept, { ...kept, id: "p_2", name_en: null }])[1].label, "بيع · أ");
});

test("a goal and a check-in say what was filled in", () => {
    const values = goalValues({ title: "ج", description: null, unit: "طلب", start_value: 0, target: 10, due_at: null, owner: null });
    assert.deepEqual(goalBody(values), { title: "ج", description: null, unit: "طلب", start_value: 0, target: 10, due_at: null, owner: null });
    assert.throws(() => goalBody({ target: null }), refusal("target", "required"));
    assert.deepEqual(stepBody({ ...FIRST_STEP, delta: -2, note: " x " }), { delta: -2, note: "x" });
    assert.deepEqual(stepBody({ value: 0, delta: 1, note: "" }), { value: 0, delta: 1, note: null }, "what contradicts is the hub's to judge");
    assert.throws(() => stepBody(FIRST_STEP), refusal("value", "required"));
    assert.deepEqual(["active", "missed", "reached"].map(nextOfGoal), [["cancelled"], ["active"], []]);
    assert.deepEqual(["active", "reached", "missed", "cancelled"].map(isCounted), [true, true, false, false]);
});

test("the lessons of a program keep their ids", () => {
    const program = { title_ar: "د", title_en: null, state: "draft", modules: [{ id: "x_1", title: "أ", link: null, minutes: 5 }], description_ar: null, description_en: null };
    assert.deepEqual(programBody(programValues(program)), program);
    const modules = JSON.stringify([{ title: "ب", link: " https://a.example ", minutes: null }]);
    assert.deepEqual(programBody({ modules }), { modules: [{ title: "ب", link: "https://a.example", minutes: 0 }] });
});

test("what an order is owed, and why it waits", () => {
    const order = (more, codes) => ({ source: "zid", state: "new", payment: "paid", ...more, codes: { wanted: 2, reserved: 0, delivered: 0, waits_for: null, ...codes } });
    assert.deepEqual(owedOf(order({})), { count: 2, why: "soon" });
    assert.deepEqual(owedOf(order({}, { delivered: 1, waits_for: "not_enough" })), { count: 1, why: "not_enough" });
    assert.deepEqual(owedOf(order({ source: "manual" })), { count: 2, why: "by_hand" });
    for (const more of [{ payment: "unpaid" }, { state: "canceled" }, { state: "refunded", payment: "refunded" }]) assert.equal(owedOf(order(more)), null);
    assert.equal(owedOf(order({}, { delivered: 2 })), null);
    assert.equal(owedOf(order({}, { wanted: 0, delivered: 1 })), null, "more than was asked for is no debt");
    assert.deepEqual(nextOfOrder({ state: "delivered", payment: "unpaid" }), []);
    assert.deepEqual(nextOfOrder({ state: "canceled", payment: "paid" }), ["refunded"]);
    const { placed_from: from, placed_before: to } = orderParameters({ from: "2026-11-20", to: "2026-11-20", q: "" });
    assert.equal(Date.parse(to) - Date.parse(from), 86_400_000, "the last day is part of it");
});

test("a call-back is due on its day, and late after its time", () => {
    const now = new Date(2026, 10, 22, 12, 0);
    const at = (day, hour) => ({ state: "planned", due_at: new Date(2026, 10, day, hour).toISOString() });
    assert.deepEqual([at(22, 11), at(22, 15), at(23, 0), { ...at(22, 11), state: "done" }].map((each) => standing(each, now)), ["late", "due", "planned", "done"]);
    assert.equal(callbackParameters({ when: "due" }, now).due_before, new Date(2026, 10, 23).toISOString());
    assert.deepEqual(callbackParameters({ when: "", q: "x" }, now), { q: "x", state: "planned" });
    assert.deepEqual(callbackParameters({ when: "all" }, now), { sort: "-due_at" });
    const values = callbackValues({ name: null, phone: "+9665", due_at: new Date(2026, 10, 22, 9, 5).toISOString(), topic: null, owner: null, outcome: null });
    assert.equal(values.due_at, "2026-11-22T09:05");
    assert.equal(callbackBody({ due_at: values.due_at }).due_at, new Date(2026, 10, 22, 9, 5).toISOString());
    assert.throws(() => callbackBody({ due_at: "" }), refusal("due_at", "required"));
});

test("a name is asked for once, and a few at a time", async () => {
    let [running, most] = [0, 0];
    const asked = [];
    const rest = {
        async get(path) {
            asked.push(path);
            running += 1;
            most = Math.max(most, running);
            await new Promise((resolve) => setImmediate(resolve));
            running -= 1;
            if (path.endsWith("hidden")) throw new HubError("not_found", "", { status: 404 });
            if (path.endsWith("away") && asked.filter((each) => each === path).length === 1) throw new HubError("network", "");
            return { name: path.split("/").at(-1) };
        },
    };
    const names = new Names(rest);
    const ids = Array.from({ length: 20 }, (_, n) => `c_${n}`);
    assert.deepEqual(await Promise.all([...ids, ...ids].map((id) => names.of(id))), [...ids, ...ids]);
    assert.equal(asked.length, 20);
    assert.ok(most <= 4);
    assert.deepEqual([await names.of("hidden"), await names.of("hidden"), asked.length], [null, null, 21]);
    assert.deepEqual([await names.of("away"), await names.of("away")], [null, "away"]);
    names.put("c_0", "ليلى");
    assert.equal(await names.of("c_0"), "ليلى");
});
