"""The assistant as people see it, in real browsers: its answers grow, stop, survive a reload, and give way."""
import pytest

from hubtest.browser import PHONE, Staff, Visitor, eventually
from hubtest.openai import OpenAI, answers_first

QUICK = {"HUB_ROUTING_BEAT_MS": "200", "HUB_POLL_MS": "50"}
ANSWER = (
    "أهلًا بك! بطاقة آيتونز السعودية متوفرة بخمسين ريالًا، ويصلك الرمز TC-2041-88 فور الدفع. "
    "تجد خطوات الشحن في https://shop.example/help، وإن احتجت شيئًا آخر فأنا هنا."
)
ENDLESS = "كلمة " * 600

# Counts what stands on the assistant's side whenever the list changes, and notes where it stood last.
WATCH_JS = """
    const list = arguments[0].querySelector('.messages');
    window.most = 0;
    window.places = {};
    const look = () => {
        const answers = [...list.querySelectorAll('.message.is-in')];
        window.most = Math.max(window.most, answers.length);
        for (const answer of answers) {
            const { top, height } = answer.querySelector('.bubble').getBoundingClientRect();
            window.places[answer.classList.contains('is-draft') ? 'draft' : 'message'] = { top, height };
        }
    };
    new MutationObserver(look).observe(list, { childList: true, characterData: true, subtree: true });
"""


@pytest.fixture(params=["sqlite", "postgres"])
def model(request, make_hub):
    """A local model with a hub whose new conversations the assistant meets: `model.hub`."""
    model = OpenAI()
    model.hub = make_hub(request.param, settings=QUICK | model.settings()).start()
    answers_first(model.hub)
    yield model
    model.close()


@pytest.fixture
def customer(model):
    window = Visitor(model.hub.url)
    yield window
    window.quit()


@pytest.fixture
def desk(model):
    window = Staff(model.hub.url)
    yield window
    window.quit()


def asks(customer, text, path="/"):
    customer.go(path)
    customer.open_chat()
    customer.write(text)


def grows(window, characters=10):
    """Waits until so much of an answer is on screen; the text."""
    return eventually(
        lambda: next((text for text in drafts(window) if len(text) >= characters), None), "an answer that grows")


def drafts(window):
    texts = window.driver.execute_script(
        "return [...arguments[0].querySelectorAll('.is-draft .is-growing')].map((each) => each.textContent)", window.root)
    return [text for text in texts if text]


def test_an_answer_grows_and_then_stands_as_one_message(model, customer, screenshots):
    # What it ends with takes time and is not seen, so that all of its words are shown before it is over.
    model.says(ANSWER + " " * 16, chunk=4, tokens_per_second=8)
    asks(customer, "كم سعر بطاقة آيتونز؟")
    customer.driver.execute_script(WATCH_JS, customer.root)
    eventually(lambda: "المساعد الآلي" in customer.one(".presence").text, "the header says who answers")
    eventually(lambda: customer.all(".is-draft"), "it begins")
    customer.driver.execute_script("arguments[0].querySelector('.is-draft').probe = 'the same'", customer.root)
    early = grows(customer)
    assert customer.one(".is-draft .author").text == "المساعد"
    late = grows(customer, len(early) + 40)
    assert ANSWER.startswith(early.rstrip()) and ANSWER.startswith(late.rstrip())
    probe = "return arguments[0].querySelector('.is-draft')?.probe"
    assert customer.driver.execute_script(probe, customer.root) == "the same", "it is not made anew"
    live = "return arguments[0].querySelector('.is-draft').closest('[aria-live]:not([aria-live=off])')"
    assert customer.driver.execute_script(live, customer.root) is None, "not every piece is read aloud"
    customer.shoot(screenshots, "assistant-growing-ar.png")
    customer.sees(["كم سعر بطاقة آيتونز؟", ANSWER])
    assert not customer.all(".is-draft") and not customer.all("[data-notice=run]")
    most, places = customer.driver.execute_script("return [window.most, window.places]")
    assert most == 1, "never twice on screen"
    assert abs(places["draft"]["height"] - places["message"]["height"]) <= 1, places
    assert abs(places["draft"]["top"] - places["message"]["top"]) <= 1, places
    end = "const s = arguments[0].querySelector('.scroller'); return s.scrollHeight - s.scrollTop - s.clientHeight"
    assert customer.driver.execute_script(end, customer.root) < 2, "the list stays at its end"
    customer.shoot(screenshots, "assistant-answer-ar.png")
    assert customer.complaints() == []


def test_a_visitor_stops_an_answer_and_asks_again(model, customer, screenshots):
    model.says(ENDLESS, chunk=8, tokens_per_second=30)
    customer.resize(PHONE)
    asks(customer, "حدثني")
    grows(customer, 60)
    customer.shoot(screenshots, "assistant-phone-ar.png")
    customer.click(".draft-stop")
    eventually(lambda: not customer.all(".is-draft"), "what grew is gone")
    assert customer.texts() == ["حدثني"]
    focused = customer.driver.execute_script("return arguments[0].activeElement?.className", customer.root)
    assert focused == "scroller", "whoever uses the keyboard is still in the chat"
    assert not customer.all("[data-notice=run]"), "the visitor is told nothing that they know"
    model.says("تفضل، باختصار")
    customer.write("باختصار من فضلك")
    customer.sees(["حدثني", "باختصار من فضلك", "تفضل، باختصار"])
    assert customer.complaints() == []


def test_a_reload_in_the_middle_shows_the_text_so_far(model, customer):
    model.says(ENDLESS[:800], chunk=8, tokens_per_second=10)
    asks(customer, "حدثني")
    before = grows(customer, 60)
    customer.driver.refresh()
    after = grows(customer, len(before))
    assert ENDLESS.startswith(after)
    grows(customer, len(after) + 30)
    customer.sees(["حدثني", ENDLESS[:800].strip()])
    assert customer.complaints() == []


def test_a_person_takes_over_and_hands_back(model, customer, desk, screenshots):
    model.says(ENDLESS, chunk=8, tokens_per_second=15)
    asks(customer, "حدثني")
    grows(customer)
    desk.sign_in(model.hub.admin)
    desk.open_first_conversation()
    grows(desk, 40)
    eventually(lambda: "المساعد" in desk.one("[data-menu=assign]").text, "whose it is")
    eventually(lambda: "المساعد" in desk.one(".side .assignee").text, "in the inbox as well")
    assert desk.all(".is-draft .draft-stop"), "staff may stop it, too"
    desk.shoot(screenshots, "assistant-desk-ar.png")
    desk.choose("assign", "إسناد إليّ")
    for window in (desk, customer):
        eventually(lambda: not window.all(".is-draft"), "what grew is gone")
        assert window.texts() == ["حدثني"]
    stopped = eventually(lambda: desk.all("[data-notice=run]"), "a quiet line for staff")
    assert ["أُوقف جواب المساعد" in each.text for each in stopped] == [True]
    eventually(lambda: "المساعد" not in customer.one(".presence").text, "the header says so")
    model.says("عدت إليك")
    desk.choose("assign", "المساعد")
    for window in (desk, customer):
        window.sees(["حدثني", "عدت إليك"])
    eventually(lambda: "المساعد الآلي" in customer.one(".presence").text, "the assistant is back")
    desk.shoot(screenshots, "assistant-back-ar.png")
    desk.choose("assign", "بلا مسؤول")
    desk.choose("state", "منتهية")
    desk.choose("assign", "المساعد")
    eventually(lambda: "المفتوحة" in desk.one(".toast").text, "only open ones")
    assert desk.complaints() == [] and customer.complaints() == []


def test_dots_stand_where_nothing_is_written_yet(model, customer, screenshots):
    model.fault("silence")
    calm = [{"name": "prefers-reduced-motion", "value": "reduce"}]
    customer.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": calm})
    asks(customer, "سؤال")
    assert customer.one(".is-draft .dots").is_displayed()
    still = "return getComputedStyle(arguments[0].querySelector('.dots i')).animationIterationCount"
    assert customer.driver.execute_script(still, customer.root) == "1", "nothing moves for who wants it calm"
    customer.shoot(screenshots, "assistant-dots-ar.png")
    customer.click(".draft-stop")
    eventually(lambda: not customer.all(".is-draft"), "it is gone")
    customer.sees(["سؤال"])
    assert customer.complaints() == []


def test_in_english(model, customer, screenshots):
    model.says("It is fifty riyals. " * 100, chunk=4, tokens_per_second=15)
    asks(customer, "How much is it?", "/?lang=en")
    grows(customer, 60)
    assert customer.one(".is-draft .author").text == "Assistant"
    assert customer.one(".draft-stop").text == "Stop"
    assert "assistant" in customer.one(".presence").text
    customer.shoot(screenshots, "assistant-growing-en.png")
    customer.click(".draft-stop")
    eventually(lambda: not customer.all(".is-draft"), "what grew is gone")
    assert customer.complaints() == []


def test_without_an_assistant_staff_are_told_so(hub, visitor, staff):
    asks(visitor, "سؤال")
    visitor.sees(["سؤال"])
    staff.sign_in(hub.admin)
    staff.open_first_conversation()
    staff.choose("assign", "المساعد")
    eventually(lambda: "لا يوجد مساعد" in staff.one(".toast").text, "why not")
    assert staff.complaints() == []


def test_an_answer_shows_what_it_used(model, customer, screenshots):
    article = {"title": "سياسة الاسترجاع (Refunds)", "body": "يعود المبلغ خلال أربعة عشر يومًا.", "state": "published"}
    rest = model.hub.admin.rest()
    linked = rest.post("/ai/articles", article | {"url": "https://shop.example/refunds"})
    assert linked.status_code == 201, linked.text
    assert rest.post("/ai/articles", article | {"title": "متى يعود المبلغ"}).status_code == 201
    call = {"tool_calls": [{"name": "search_articles", "arguments": {"query": "متى يعود المبلغ"}}]}
    model.script({"when": {"after_tool": "search_articles"},
                  "answer": {"text": "خلال أربعة عشر يومًا [#1][#2]."}, "delivery": {"chunk": 1}},
                 {"answer": call})
    asks(customer, "متى يعود المبلغ؟")
    customer.sees(["متى يعود المبلغ؟", "خلال أربعة عشر يومًا."])
    seen = "return [...arguments[0].querySelectorAll('.sources li')].map((each) => each.textContent.trim()).sort()"
    titles = sorted(["سياسة الاسترجاع (Refunds)", "متى يعود المبلغ"])
    assert customer.driver.execute_script(seen, customer.root) == titles
    link, = customer.all(".sources a")
    assert link.get_attribute("href") == "https://shop.example/refunds"
    assert link.get_attribute("rel") == "noopener noreferrer" and link.get_attribute("target") == "_blank"
    assert customer.one(".sources").get_attribute("aria-label") == "المصادر"
    customer.shoot(screenshots, "assistant-sources-ar.png")
    assert customer.complaints() == []
