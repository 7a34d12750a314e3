"""What of WCAG 2.2 AA a program can judge, judged by axe-core in the page as it stands."""
import importlib.resources

AXE = (importlib.resources.files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

RUN_JS = """
    const [tags, done] = arguments;
    axe.run(document, { runOnly: tags }).then(
        ({ violations }) => done(violations.map(({ id, help, nodes }) => [id, help, nodes.map(({ html, any }) =>
            [html.slice(0, 160), any.map(({ message }) => message).join('; ')])])),
        (error) => done([[String(error)]]),
    );
"""


def violations(window):
    """Rules that the page breaks, each with where."""
    if not window.driver.execute_script("return 'axe' in window"):
        window.driver.execute_script(AXE)
    return window.driver.execute_async_script(RUN_JS, TAGS)
