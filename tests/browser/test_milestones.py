"""The milestones in a real browser: from the follow-up and back, on a telephone, with the keyboard, and on paper."""

from itertools import pairwise

import pytest

from .visitor import DESK, PHONE, TABLET, Visitor

OLD, NEW = "/contrats/cop-2018-2022", "/contrats/cop-2023-2027"
PAGES = [f"{NEW}/jalons", f"{NEW}/jalons/telecom-paris", f"{OLD}/jalons"]
SHARED = "[id='M1.3-2-2024']"


async def test_one_goes_from_a_year_to_its_milestones_and_back(anyone: Visitor) -> None:
    await anyone.open_link()
    await anyone.follow("Jalons", within=".years-nav")
    assert anyone.page.url == f"{anyone.base}{NEW}/jalons"
    assert await anyone.read("h1") == "Jalons : Institut Mines-Télécom, 2023-2027"
    assert "112 étapes" in await anyone.read(".brief")
    await anyone.follow("Ressources propres en formation continue", within="#J4")
    assert anyone.page.url.endswith(f"{NEW}/2023#continuing-education-own-resources")
    await anyone.follow("J4", within="#continuing-education-own-resources")
    assert anyone.page.url.endswith(f"{NEW}/jalons#J4")
    await anyone.follow("Télécom Paris", within=".elsewhere")
    assert anyone.page.url.endswith(f"{NEW}/jalons/telecom-paris")
    await anyone.follow("2024", within=".years-nav")
    assert anyone.page.url.endswith(f"{NEW}/2024/telecom-paris")


async def test_a_late_step_is_followed_to_its_place(anyone: Visitor) -> None:
    await anyone.sign_in()
    await anyone.go(f"{NEW}/2023")
    await anyone.follow("État des lieux des approches par compétences des différentes formations des écoles")
    assert anyone.page.url.endswith(f"{NEW}/jalons#M1.3-1-2023")
    assert "en retard de" in await anyone.read("[id='M1.3-1-2023']")


async def test_each_school_opens_without_a_script(anyone: Visitor) -> None:
    await anyone.sign_in()
    await anyone.go(PAGES[0])
    assert not await anyone.page.locator(f"{SHARED} .each").is_visible()
    await anyone.page.locator(f"{SHARED} summary").click()
    assert (await anyone.read(f"{SHARED} .each")).startswith("IMT Atlantique")


async def test_the_keyboard_opens_each_school(visitor: Visitor) -> None:
    await visitor.go(f"{PAGES[0]}#M1.3-2-2024")
    await visitor.page.keyboard.press("Tab")
    focused = await visitor.page.evaluate("document.activeElement.closest('.step').id")
    assert (focused, await visitor.page.evaluate("document.activeElement.tagName")) == ("M1.3-2-2024", "SUMMARY")
    await visitor.page.keyboard.press("Enter")
    await visitor.page.keyboard.press("Tab")
    assert await visitor.page.evaluate("document.activeElement.textContent") == "IMT Atlantique"


@pytest.mark.parametrize("width", [PHONE, TABLET, 1024, DESK])
@pytest.mark.parametrize("path", PAGES)
async def test_no_page_is_wider_than_its_window(visitor: Visitor, path: str, width: int) -> None:
    await visitor.go(path)
    await visitor.page.locator("details").evaluate_all("all => all.forEach(each => { each.open = true; })")
    assert await visitor.overflow(width) <= 0
    cut = "all => all.filter(each => each.scrollWidth > each.clientWidth + 1).map(each => each.textContent)"
    assert await visitor.page.locator(".grid td, .grid th").evaluate_all(cut) == []


@pytest.mark.parametrize(("path", "width"), [(PAGES[0], PHONE), (PAGES[0], DESK), (PAGES[1], PHONE), (PAGES[2], DESK)])
async def test_a_page_has_no_barrier(visitor: Visitor, path: str, width: int) -> None:
    await visitor.go(path)
    await visitor.overflow(width)
    await visitor.page.locator("details").evaluate_all("all => all.slice(0, 1).forEach(each => { each.open = true; })")
    assert await visitor.barriers() == []


async def test_a_telephone_lists_the_years_that_have_steps(visitor: Visitor) -> None:
    await visitor.go(PAGES[0])
    await visitor.overflow(PHONE)
    cells = visitor.page.locator("#J4 .cells").first.locator("td")
    assert [await each.is_visible() for each in await cells.all()] == [False, True, False, False, False]
    told = "each => getComputedStyle(each, '::before').content"
    assert await cells.nth(1).evaluate(told) == '"2024"'


async def test_headings_never_jump(visitor: Visitor) -> None:
    await visitor.go(PAGES[0])
    levels = await visitor.page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4')].map(each => +each.tagName[1])")
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


async def test_paper_carries_the_grid_and_its_signs(visitor: Visitor) -> None:
    await visitor.go(PAGES[0])
    await visitor.page.emulate_media(media="print")
    assert not await visitor.page.locator("nav:visible, form:visible, details:visible").count()
    head = await visitor.page.locator("#J3 thead").evaluate("each => getComputedStyle(each).display")
    assert head == "table-header-group"
    said = await visitor.read(SHARED)
    assert "en retard de" in said
    assert "0 école sur 9 l’a réalisée" in said
    assert await visitor.page.locator(f"{SHARED} .sign").first.is_visible()
    assert (await visitor.page.pdf(format="A4")).startswith(b"%PDF")
