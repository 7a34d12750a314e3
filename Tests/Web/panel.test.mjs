import assert from "node:assert/strict";
import { test } from "node:test";
import { HubError } from "../../web/sdk/errors.js";
import { MyPresence } from "../../web/staff/my-presence.js";
import { inTurn, soon } from "../../web/staff/panel/callback-section.js";
import { addressesOf, kindOf, linkOf, maySendAgain, patchOf, phoneOf, textOf, united } from "../../web/staff/panel/contact-values.js";
import { Customer } from "../../web/staff/panel/customer.js";
import { isOpenOf } from "../../web/staff/panel/section.js";
import { colleaguesOf, isFull, loadOf, roomIn } from "../../web/staff/workload.js";

const contact = (more = {}) => ({
    name: "سارة",
    company: null,
    labels: [],
    owner: null,
    language: null,
    notes: null,
    fields: {},
    identities: [],
    ...more,
});

test("one member of a contact is shown and changed at a time", () => {
    const sara = contact({ labels: ["vip", "جملة"], fields: { المدينة: "جدة" } });
    assert.equal(textOf(sara, "company"), "");
    assert.equal(textOf(sara, "labels"), "vip، جملة");
    assert.equal(textOf(sara, "fields.المدينة"), "جدة");
    assert.equal(textOf(sara, "fields.لا"), "");
    assert.deepEqual(patchOf("company", "  "), { company: null });
    assert.deepEqual(patchOf("name", " هند "), { name: "هند" });
    assert.deepEqual(patchOf("name", ""), { name: "" }, "the hub says that a name is needed");
    assert.deepEqual(patchOf("labels", "vip, جملة،"), { labels: ["vip", "جملة"] });
    assert.deepEqual(patchOf("fields.a.b", ""), { fields: { "a.b": null } });
});

test("a change is sent again unless a colleague changed the same member", () => {
    const before = contact();
    assert.equal(maySendAgain(before, contact({ name: "هند" }), "company", "متجري"), true);
    assert.equal(maySendAgain(before, contact({ company: "متجرها" }), "company", "متجري"), false);
    assert.equal(maySendAgain(before, contact({ company: "متجري" }), "company", "متجري"), true, "to the same");
});

test("numbers and addresses come first, and ids tell no more than their kind", () => {
    const identities = [
        { kind: "visitor", value: "v_1" },
        { kind: "visitor", value: "v_2" },
        { kind: "email", value: "a@b.example" },
        { kind: "phone", value: "+966501234567" },
        { kind: "phone", value: "+966507654321" },
    ];
    const shown = addressesOf({ identities });
    assert.deepEqual(shown.map(({ kind }) => kind), ["phone", "phone", "email", "visitor"]);
    assert.equal(linkOf(shown[0]), "tel:+966501234567");
    assert.equal(linkOf(shown.at(-1)), null);
    assert.equal(phoneOf({ identities }, null), "+966501234567");
    assert.equal(phoneOf(contact(), { phone: "+966500000000" }), "+966500000000");
    assert.equal(phoneOf(null, undefined), "");
    assert.deepEqual(["a@b.example", "٠٥٠ 123", "+966 (50) 1", "سارة"].map(kindOf), ["email", "phone", "phone", null]);
});

test("what two lists have is there once, in order", () => {
    const lists = [[{ id: "a", n: 1 }, { id: "b", n: 3 }], [{ id: "c", n: 2 }, { id: "a", n: 1 }]];
    assert.deepEqual(united(lists, (x, y) => y.n - x.n).map(({ id }) => id), ["b", "c", "a"]);
    const calls = [
        ["done", "2026-11-20T08:00:00Z"],
        ["planned", "2026-11-23T08:00:00Z"],
        ["cancelled", "2026-11-21T08:00:00Z"],
        ["planned", "2026-11-22T08:00:00Z"],
    ].map(([state, due_at], id) => ({ id, state, due_at }));
    assert.deepEqual(calls.toSorted(inTurn).map(({ id }) => id), [3, 1, 2, 0], "what is to be done, the next first");
});

test("a call-back is offered for a full hour that is not upon one yet", () => {
    assert.equal(soon(new Date("2026-11-22T08:20:00Z")).toISOString(), "2026-11-22T10:00:00.000Z");
    assert.equal(soon(new Date("2026-11-22T08:00:00Z")).toISOString(), "2026-11-22T09:00:00.000Z");
});

test("a part is open as it was left", () => {
    assert.equal(isOpenOf(null, "orders", true), true);
    assert.equal(isOpenOf({ orders: false }, "orders", true), false);
    assert.equal(isOpenOf({ notes: true }, "notes", false), true);
});

test("the customer is asked for once for all parts, and again after a failure", async () => {
    const asked = [];
    let fails = true;
    const rest = {
        get: async (path) => {
            asked.push(path);
            if (fails) throw new HubError("network", "");
            return { identity: null, contact: { id: "n_1" } };
        },
    };
    const customer = new Customer(rest, "r/1", true);
    await assert.rejects(customer.get());
    fails = false;
    const [one, other] = await Promise.all([customer.get(), customer.get()]);
    assert.equal(one, other);
    assert.deepEqual(asked, Array(2).fill("/conversations/r%2F1/contact"));
    customer.take({ id: "n_1", version: 2 });
    assert.equal((await customer.get()).contact.version, 2);
    customer.forget();
    await customer.get();
    assert.equal(asked.length, 3);
    assert.equal((await new Customer(rest, "r_1", false).get()).contact, null);
    assert.equal(asked.length, 3, "who may not see contacts asks for none");
});

test("the team is told with who is here first, and what they hold", () => {
    const staff = ["u_gone", "u_full", "u_me", "u_free", "u_busy"].map((id) => ({ id, name: id }));
    const agent = (id, presence, load) => ({ id, presence, capacity: 500, load, held: load / 100 });
    const agents = [agent("u_full", "online", 500), agent("u_me", "online", 250), agent("u_free", "online", 0), agent("u_busy", "busy", 100)];
    const people = colleaguesOf(staff, agents, "u_me");
    assert.deepEqual(people.map(({ id }) => id), ["u_free", "u_me", "u_full", "u_busy", "u_gone"]);
    assert.deepEqual(people.filter(({ isMe }) => isMe).map(({ load, capacity, share }) => [load, capacity, share]), [[2.5, 5, 0.5]]);
    assert.equal(people.at(-1).presence, "offline");
    assert.equal(people.at(-1).load, null);
    assert.deepEqual(people.filter(isFull).map(({ id }) => id), ["u_full"]);
    assert.equal(isFull(loadOf({ presence: "online", capacity: 0, load: 0, held: 0 })), true, "who may have none is full");
    assert.equal(roomIn(agents), 7, "of those who are online, whole conversations");
});

test("what one says of oneself outlives a reload, for oneself alone", () => {
    const kept = new Map();
    const storage = { get: (key) => kept.get(key) ?? null, set: (key, value) => kept.set(key, value), remove: (key) => kept.delete(key) };
    const said = [];
    const hub = (id) => ({ identity: { user: { id } }, presence: (state) => said.push(`${id} ${state}`) });
    const start = (id) => {
        const presence = new MyPresence(hub(id), storage);
        presence.start();
        return presence;
    };
    const mine = start("u_1");
    mine.choose("busy");
    assert.equal(start("u_1").state, "busy");
    assert.equal(start("u_2").state, "online", "somebody else at the same browser");
    mine.forget();
    assert.equal(start("u_1").state, "online");
    assert.deepEqual(said, ["u_1 online", "u_1 busy", "u_1 busy", "u_2 online", "u_1 online"]);
});
