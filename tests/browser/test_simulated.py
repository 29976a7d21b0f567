"""A rehearsed contract in a real browser: the word « simulé » is seen at its figures, on a telephone and on paper."""

import httpx
import pytest

from services.rehearsing import FOLDER, stage
from tests.waiting import eventually

from .visitor import DESK, PHONE, Visitor

PAGE = "/contrats/cop-2023-2027/2024"


@pytest.fixture(autouse=True, scope="module")
async def rehearsed(link: str) -> None:
    base, _, token = link.partition("/?token=")
    async with httpx.AsyncClient(base_url=base, headers={"Authorization": f"Bearer {token}"}, timeout=30) as client:
        assert (await stage(client, FOLDER / "cop-2023-2027")).done

        async def is_shown() -> bool:
            return bool((await client.get("/v1/contracts/cop-2023-2027/follow-up")).json()["simulated"])

        await eventually(is_shown)


@pytest.mark.parametrize(("path", "width"), [(PAGE, DESK), (f"{PAGE}/imt-mines-albi", PHONE)])
async def test_the_word_is_seen_and_nothing_stands_in_the_way(visitor: Visitor, path: str, width: int) -> None:
    await visitor.go(path)
    assert await visitor.overflow(width) <= 0
    assert (await visitor.read("#students")).count("simulé") >= 4
    assert await visitor.barriers() == []


async def test_paper_carries_the_word(visitor: Visitor) -> None:
    await visitor.go(PAGE)
    await visitor.page.emulate_media(media="print")
    assert "Des valeurs de ce contrat sont inventées" in await visitor.read()
    assert (await visitor.read(".board .now >> nth=0")).endswith("simulé")
