"""Bytes taken for text: what is UTF-8, what is UTF-8 but damaged, and what is of Windows."""

import codecs
from pathlib import Path

import pytest

from services.bibliometrics.importing import delimited
from services.bibliometrics.importing.delimited import Encoding, UnreadableError, encoding_of
from tests.importing.hal_files import codes, read


def encoding(folder: Path, content: bytes) -> Encoding:
    path = folder / "list.csv"
    path.write_bytes(content)
    return encoding_of(path)


def refusal(folder: Path, content: bytes) -> tuple[str, int | None]:
    with pytest.raises(UnreadableError) as refused:
        encoding(folder, content)
    return refused.value.finding.code, refused.value.finding.row


@pytest.mark.parametrize("content", [b"", b"Title\n", "Année\n".encode(), codecs.BOM_UTF8 + b"Title\n"])
def test_utf_8_is_read_with_or_without_its_mark(tmp_path: Path, content: bytes) -> None:
    assert encoding(tmp_path, content) == Encoding("utf-8-sig")


def test_a_text_without_any_character_of_utf_8_is_read_as_of_windows(tmp_path: Path) -> None:
    found = encoding(tmp_path, "Année;Évrard\n".encode("cp1252"))
    assert (found.name, [each.code for each in found.findings]) == ("cp1252", ["encoding"])


def test_a_mark_of_utf_8_before_a_bad_byte_is_a_damaged_file(tmp_path: Path) -> None:
    assert refusal(tmp_path, codecs.BOM_UTF8 + b"Title\nDunes\nMar\xe9es\n") == ("damaged_text", 3)


def test_a_bad_byte_among_characters_of_utf_8_is_told_with_its_line(tmp_path: Path) -> None:
    content = "Année\nMarées\n".encode() + b"V\xffent\n\n" + b"\xff" + "é".encode()
    assert refusal(tmp_path, content) == ("damaged_text", 3)


def test_a_text_of_windows_that_happens_to_hold_a_character_of_utf_8_is_still_read(tmp_path: Path) -> None:
    assert encoding(tmp_path, b"\xe9t\xe9 \xc3\xa9\n").name == "cp1252"


def test_a_file_cut_within_a_character_is_damaged(tmp_path: Path) -> None:
    assert refusal(tmp_path, "Années décalées\né".encode()[:-1]) == ("damaged_text", 2)


@pytest.mark.parametrize("size", [1, 2, 3, 5])
def test_blocks_may_part_characters_and_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    monkeypatch.setattr(delimited, "_BLOCK", size)
    assert encoding(tmp_path, "Année\n国立\n".encode()).name == "utf-8-sig"
    assert refusal(tmp_path, "Année\n国立\n".encode() + b"a\xff\n") == ("damaged_text", 3)


def test_a_damaged_list_of_hal_is_refused_for_that(tmp_path: Path) -> None:
    path = tmp_path / "hal.csv"
    path.write_bytes("halId_s,title_s\nhal-09990001,Marées\n".encode() + b"hal-09990002,V\xff\n" + "é".encode())
    assert codes(read(path)) == ["damaged_text"]
