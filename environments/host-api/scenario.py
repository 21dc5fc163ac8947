"""What the customer does: opens the desk and reads who sent each ticket."""


def run(page, system):
    page.goto(system.url)
    page.wait_for_selector("[data-badges=done]", timeout=5000)
    badges = page.locator(".badge").all_inner_texts()
    system.screenshot("tickets")
    return {"badges": badges, "headline": f"{len(badges)} badges"}
