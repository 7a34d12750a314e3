"""What an owner sets up in /settings: what its tests share."""

# Addresses of all that can be opened without anything being there yet.
PLACES = ["#/start", "#/integrations", "#/integrations/sms", "#/integrations/zid", "#/alerts", "#/status", "#/audit", "#/users",
          "#/users/new", "#/teams", "#/teams/new", "#/products", "#/products/new",
          "#/shop", "#/shop/hours", "#/shop/routing", "#/shop/assistant",
          "#/webhooks", "#/webhooks/new", "#/assistant", "#/assistant/instructions", "#/assistant/usage", "#/articles",
          "#/articles/new", "#/articles/find", "#/replies", "#/replies/new", "#/labels", "#/labels/new", "#/ratings",
          "#/contacts", "#/contacts/new", "#/leads", "#/deals", "#/orders", "#/callbacks", "#/goals", "#/training", "#/exports"]


def put(hub, kind, values, **more):
    answer = hub.admin.rest().put(f"/integrations/{kind}", json={"values": values} | more)
    assert answer.status_code == 200, answer.text
    return answer.json()


def stored(hub, kind):
    fields = hub.admin.rest().get(f"/integrations/{kind}").json()["fields"]
    return {field["name"]: field["value"] for field in fields if field["source"] == "stored"}


def setting(hub, key):
    return hub.admin.rest().get(f"/settings/{key}").json()["value"]
