"""What the customer does: looks at a table and at a query, and opens the chart of each."""

PAGES = {"products": "/shop/product?_size=20", "best sellers": "/shop/top_products?category=2"}


def run(page, system):
    charts = {}
    for name, path in PAGES.items():
        page.goto(system.url + path)
        page.get_by_role("button", name="Show chart").click()
        page.wait_for_load_state("networkidle")
        page.wait_for_function("!datasetChartJsPlugin.state.chart?.animating")
        charts[name] = {
            "axis options": page.locator("select[name=xaxis] option").all_inner_texts(),
            "points": page.evaluate("datasetChartJsPlugin.state.chart?.data.labels.length ?? 0"),
        }
        system.screenshot(name)
    points = [str(chart["points"]) for chart in charts.values()]
    return {"charts": charts, "headline": f"charts with {' and '.join(points)} points"}
