"""What a person does with webhooks, the assistant and the desk in /settings, and what a test prepares for them."""
from selenium.webdriver.common.by import By

from .browser import eventually
from .people import People


ENDPOINTS, DELIVERIES = "/webhook-endpoints", "/webhook-deliveries"


def made(hub, path, **body):
    answer = hub.admin.rest().post(path, body)
    assert answer.status_code == 201, answer.text
    return answer.json()


def patched(hub, path, **body):
    answer = hub.admin.rest().call("PATCH", path, json=body)
    assert answer.status_code == 200, answer.text
    return answer.json()


def deliveries(hub, **params):
    return hub.admin.rest().get(DELIVERIES, params=params | {"limit": 200}).json()["items"]


def listen(hub, receiver, *events, **more):
    return made(hub, ENDPOINTS, url=receiver.url, events=list(events), **more)


async def rated(hub, answers):
    """Customers say how it was: pairs of a score and a comment."""
    async with People(hub) as people:
        agent = await people.staff("admin", account=hub.admin)
        for name, score, comment in answers:
            visitor = await people.visitor(name)
            await visitor.say(visitor.room, "سلام")
            await agent.follow(visitor.room)
            await agent.say(visitor.room, "أهلًا")
            await agent.write("state", visitor.room, state="resolved")

            def asked(visitor=visitor):
                return [event for event in visitor.log(visitor.room).events if event["ev"] == "survey"]

            await visitor.until(asked, "the customer is asked", within=40)
            answer = await hub.rest(visitor.token).later(
                "POST", f"/conversations/{visitor.room}/rating",
                json={"survey": asked()[0]["seq"], "score": score, "comment": comment})
            assert answer.status_code == 200, answer.text


def clash_of(page, name):
    return eventually(lambda: page.field(name).find_elements(By.CSS_SELECTOR, ".clash:not([hidden])"), f"both {name}")[0]


def toast(page, words):
    eventually(lambda: any(words in each.get_property("textContent") for each in page.all(".toast")), f"it says {words}")


def press(page, selector):
    """Clicks what may stand under the bar of a form otherwise."""
    button = page.one(selector)
    page.driver.execute_script("arguments[0].scrollIntoView({ block: 'center' })", button)
    button.click()


def unfold(page, selector):
    """Opens what is folded away, however often the list behind it is drawn anew."""
    def there():
        found = page.all(selector)
        if not found:
            return None
        if not found[0].get_property("open"):
            summary = found[0].find_element(By.CSS_SELECTOR, "summary")
            page.driver.execute_script("arguments[0].scrollIntoView({ block: 'center' })", summary)
            summary.click()
        return found[0].get_property("open") and found[0]

    return eventually(there, f"{selector} is unfolded")
