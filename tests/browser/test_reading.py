"""The first page in a real browser, from the link that the product prints."""

from itertools import pairwise

import pytest

from .visitor import DESK, PHONE, TABLET, Visitor

OLD, NEW = "/contrats/cop-2018-2022", "/contrats/cop-2023-2027"
PAGES = [f"{OLD}/2022", f"{OLD}/2022/telecom-paris", f"{NEW}/2023", f"{NEW}/2023/eurecom"]


async def test_the_printed_link_opens_the_contract_in_force(anyone: Visitor) -> None:
    await anyone.open_link()
    assert anyone.page.url == f"{anyone.base}/"
    assert "token" not in anyone.page.url
    assert (await anyone.read("h1")).startswith("Institut Mines-Télécom")
    assert "Contrat d’objectifs et de performance 2023-2027" in await anyone.read(".eyebrow")
    assert "16 450 soit +21 %" in await anyone.read(".board")
    cookies = await anyone.page.context.cookies()
    assert [(each["httpOnly"], each["sameSite"]) for each in cookies] == [(True, "Lax")]


async def test_one_goes_from_the_contract_to_a_year_to_a_school(anyone: Visitor) -> None:
    await anyone.open_link()
    await anyone.follow("Contrat d’objectifs et de performance 2018-2022", within="main")
    assert "8 Atteint" in await anyone.read(".brief")
    assert "13 606" in await anyone.read("#students")
    assert "Non atteint" in await anyone.read("#students .verdict")
    await anyone.follow("2021", within=".years-nav")
    assert anyone.page.url.endswith(f"{OLD}/2021")
    assert "13 362" in await anyone.read("#students dl .main")
    await anyone.follow("Télécom SudParis", within=".elsewhere")
    assert anyone.page.url.endswith(f"{OLD}/2021/telecom-sudparis")
    assert (await anyone.read("h1")).startswith("Télécom SudParis")
    await anyone.follow("Cadran, accueil", within=".masthead")
    assert anyone.page.url == f"{anyone.base}/"


async def test_the_schools_of_an_indicator_open_without_a_script(anyone: Visitor) -> None:
    await anyone.sign_in()
    await anyone.go(f"{OLD}/2022")
    assert not await anyone.page.locator("#students .schools").is_visible()
    await anyone.page.locator("#students summary").click()
    assert "Télécom Paris 1 637 2017 1 746" in await anyone.read("#students .schools")


async def test_a_past_day_is_asked_for_with_a_form(anyone: Visitor) -> None:
    await anyone.sign_in()
    await anyone.go(f"{OLD}/2022")
    await anyone.page.get_by_label("Ce qui était connu le").fill("2020-02-29")
    await anyone.page.get_by_role("button", name="Voir").click()
    await anyone.page.wait_for_url(f"{anyone.base}{OLD}/2022?asOf=2020-02-29")
    assert "n’était pas connu à cette date" in await anyone.read()
    anyone.expected("404")


@pytest.mark.parametrize("width", [PHONE, TABLET, DESK])
@pytest.mark.parametrize("path", PAGES)
async def test_no_page_is_wider_than_its_window(visitor: Visitor, path: str, width: int) -> None:
    await visitor.go(path)
    assert await visitor.overflow(width) <= 0


@pytest.mark.parametrize(("path", "width"), [(PAGES[0], PHONE), (PAGES[3], DESK)])
async def test_a_page_has_no_barrier(visitor: Visitor, path: str, width: int) -> None:
    await visitor.go(path)
    await visitor.overflow(width)
    await visitor.page.locator("details").evaluate_all("all => all.slice(0, 1).forEach(each => { each.open = true; })")
    assert await visitor.barriers() == []


async def test_the_keyboard_reaches_the_content_first(visitor: Visitor) -> None:
    await visitor.go(PAGES[0])
    await visitor.page.keyboard.press("Tab")
    assert await visitor.page.evaluate("document.activeElement.textContent") == "Aller au contenu"
    outline = await visitor.page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    await visitor.page.keyboard.press("Enter")
    assert await visitor.page.evaluate("document.activeElement.id") == "contenu"


async def test_headings_never_jump(visitor: Visitor) -> None:
    await visitor.go(PAGES[0])
    levels = await visitor.page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4')].map(each => +each.tagName[1])")
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


async def test_paper_carries_the_words_and_no_navigation(visitor: Visitor) -> None:
    await visitor.go(PAGES[0])
    await visitor.page.emulate_media(media="print")
    assert not await visitor.page.locator("nav:visible, form:visible, details:visible").count()
    head = await visitor.page.locator(".board thead").first.evaluate("each => getComputedStyle(each).display")
    assert head == "table-header-group"
    assert "Non atteint" in await visitor.read(".board")
    assert (await visitor.page.pdf(format="A4")).startswith(b"%PDF")


async def test_an_error_leads_back(visitor: Visitor) -> None:
    await visitor.go(f"{OLD}/1999")
    assert "hors du contrat" in await visitor.read()
    assert await visitor.overflow(PHONE) <= 0
    assert await visitor.barriers() == []
    await visitor.follow("Revenir au contrat en cours")
    assert visitor.page.url == f"{visitor.base}/"
    visitor.expected("404")


async def test_who_is_not_signed_in_is_told_how(stranger: Visitor) -> None:
    await stranger.go("/")
    assert "ouvrez le lien" in await stranger.read()
    assert await stranger.barriers() == []
