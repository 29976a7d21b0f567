"""The group's students of 2022: the one figure that the drills correct, and look at in the views."""

import httpx

from tests.town import FOLLOW_UP, STUDENTS
from tests.town import students as of_view


async def correct(client: httpx.AsyncClient, value: str) -> str:
    """State another value of it, on top of what stands. Returns the subject of the fact."""
    (found,) = (await client.get("/indicators/v1/observations", params=STUDENTS)).json()["items"]
    stated = {"value": value, "source": "Enquête rectifiée", "reason": "Erreur de saisie"}
    tag = {"If-Match": f'"{found["version"]}"'}
    answer = await client.put(f"/indicators/v1/observations/{found['id']}", json=stated, headers=tag)
    assert answer.status_code == 200, answer.text
    return f"observations/{found['id']}"


async def shown(client: httpx.AsyncClient) -> str | None:
    """As the views show it."""
    answer = await client.get(FOLLOW_UP)
    assert answer.status_code == 200, answer.text
    return of_view(answer.json())
