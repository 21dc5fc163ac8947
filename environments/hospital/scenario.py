"""What the ward does: searches a patient by name, then a ward, and sees by the clock above which day it is."""

SEARCHED = {"patient": "王芳", "ward": "骨科"}


def run(page, system):
    found = {}
    for what, words in SEARCHED.items():
        page.goto(f"{system.url}/-/search?q={words}")
        page.wait_for_load_state("networkidle")
        # By role: NEW's own <navigation-search> hides the `matches` of elements, which locators by CSS stumble over.
        found[what] = {
            "headings": page.get_by_role("heading", level=2).all_inner_texts(),
            "rows": page.get_by_role("row").all_inner_texts(),
        }
        system.screenshot(what)
    clock = page.evaluate("document.getElementById('clock')?.innerText ?? 'no clock'")
    rows = [str(max(len(each["rows"]) - 1, 0)) for each in found.values()]
    return {"found": found, "clock": clock, "headline": f"{clock}: {' and '.join(rows)} found"}
