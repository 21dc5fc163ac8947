"""What an editor does: opens the newsroom's page, looks at the panel and the badge, and opens the popup."""

BADGE = "chrome.action.getBadgeText({})"


def run(page, system):
    page.goto(system.url)
    panel = page.get_by_role("complementary", name="Read most")
    panel.wait_for(state="attached", timeout=5_000)
    system.snapshot("read most", panel)
    system.screenshot("the newsroom")
    badge = badge_of(system.worker(), page)
    popup = system.popup()
    popup.locator("[aria-busy=false]").wait_for(state="attached", timeout=5_000)
    comments = popup.get_by_role("listitem").all_inner_texts()
    return {"badge": badge, "comments": comments, "headline": f"{badge} drafts, {len(comments)} comments"}


def badge_of(worker, page):
    """What stands on the extension's icon, once something does."""
    for _ in range(50):
        if text := worker.evaluate(BADGE):
            return text
        page.wait_for_timeout(100)
    raise AssertionError("the badge stays empty")
