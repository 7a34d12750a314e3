"""The page at /docs in a real browser: every operation, found and linked, without anything from elsewhere."""
import os
import pathlib
from urllib.parse import urlsplit

import pytest
import requests
from selenium.webdriver.common.by import By

from hubtest.browser import Window, eventually


@pytest.fixture
def window(make_hub):
    hub = make_hub().start()
    window = Window(hub.url)
    window.hub = hub
    yield window
    window.quit()


def test_the_page_shows_every_operation(window, tmp_path):
    driver = window.driver
    document = requests.get(f"{window.hub.url}/api/v1/openapi.json", timeout=10).json()
    ids = {operation["operationId"] for item in document["paths"].values() for operation in item.values()}
    driver.get(f"{window.hub.url}/docs")
    eventually(lambda: driver.find_elements(By.CSS_SELECTOR, ".operation"), "operations")
    assert {section.get_attribute("id") for section in driver.find_elements(By.CSS_SELECTOR, ".operation")} == ids
    assert driver.find_element(By.TAG_NAME, "html").get_attribute("dir") == "rtl"
    shots = pathlib.Path(os.environ.get("HUB_SCREENSHOTS", tmp_path))
    driver.save_screenshot(str(shots / "docs-ar.png"))

    driver.get(f"{window.hub.url}/docs?lang=en#changeProduct")
    section, = eventually(lambda: driver.find_elements(By.ID, "changeProduct"), "the operation of the link")
    eventually(lambda: abs(section.rect["y"] - driver.execute_script("return scrollY")) < 100, "it is in view")
    assert "curl -X PATCH" in section.text and "If-Match" in section.text and "name_ar" in section.text
    section.find_element(By.CSS_SELECTOR, "details.answer > summary").click()
    driver.save_screenshot(str(shots / "docs-en.png"))

    driver.find_element(By.CSS_SELECTOR, ".search").send_keys("post /auth/LOGIN")
    eventually(lambda: [link.text for link in driver.find_elements(By.CSS_SELECTOR, ".link-to")
                        if link.is_displayed()] == ["POST\n/auth/login"], "only signing in is left")

    origins = driver.execute_script(
        "return performance.getEntriesByType('resource').map(({name}) => new URL(name).origin)")
    assert set(origins) == {f"http://{urlsplit(window.hub.url).netloc}"}
    assert driver.get_log("browser") == []
