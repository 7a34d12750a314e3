"""A small shop with one of everything, so that whoever tries the API finds what it asks for."""


def fill(hub):
    """Makes one thing of each kind through the API; its ids by the name that paths give them."""
    rest = hub.admin.rest()

    def make(path, body, **options):
        answer = rest.post(path, body, **options)
        assert answer.status_code in (200, 201), f"{path}: {answer.status_code} {answer.text}"
        return answer.json()["id"]

    product = make("/products", {
        "name_ar": "بطاقة ٥٠ ريالا", "sku": "CARD-50", "price": 5000, "stock_policy": "codes"})
    codes = rest.call(
        "POST", "/codes/imports", params={"product": product}, data="code\nAAAA-1111\nBBBB-2222\nCCCC-3333\n",
        headers={"Content-Type": "text/csv"})
    assert codes.status_code == 201, codes.text
    contact = make("/crm/contacts", {"name": "سارة العتيبي"})
    lead = make("/crm/leads", {"source": "website", "contact": contact})
    pipeline = make("/crm/pipelines", {"name_ar": "المبيعات", "stages": [{"name_ar": "جديد"}]})
    deal = make("/crm/deals", {"title": "جملة", "contact": contact})
    order = make("/orders", {
        "number": "A-1001", "contact": contact,
        "items": [{"product": product, "name": "بطاقة ٥٠ ريالا", "quantity": 1, "unit_price": 5000}]})
    callback = make("/callbacks", {"contact": contact, "phone": "+966501234567", "due_at": "2030-01-06T10:00:00Z"})
    goal = make("/progress-goals", {"contact": contact, "title": "الطلبات", "unit": "طلب", "target": 10})
    program = make("/training-programs", {
        "title_ar": "دليل البائع", "state": "active", "modules": [{"title": "الأول", "minutes": 10}]})
    enrolment = make(f"/training-programs/{program}/enrolments", {"contact": contact})
    module = rest.get(f"/training-programs/{program}").json()["modules"][0]["id"]
    endpoint = make("/webhook-endpoints", {"url": "https://127.0.0.1:9/hook", "events": ["order.paid"]})
    learner = hub.account("agent", 2).id
    room = make("/rooms", {"kind": "group", "title": "الفريق", "members": [learner]})
    return {
        "product": product, "import": codes.json()["id"], "code": rest.get("/codes").json()["items"][0]["id"],
        "contact": contact, "lead": lead, "pipeline": pipeline, "deal": deal, "goal": goal, "order": order,
        "callback": callback, "program": program, "enrolment": enrolment, "module": module, "user": learner,
        "room": room, "team": make("/teams", {"name_ar": "المبيعات"}),
        "log": str(rest.get("/logs").json()["items"][0]["seq"]),
        "endpoint": endpoint, "delivery": rest.post(f"/webhook-endpoints/{endpoint}/test").json()["id"],
        "token": make("/tokens", {"name": "تقرير", "scopes": ["products:read"]}), "setting": "hours.week",
    }
