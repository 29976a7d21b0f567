"""The words of a date lie between two days; what cannot be read is refused with examples."""

from datetime import date

import pytest

from services.milestones.domain.dates import Due, is_without_year, read_due, whole_year

READ = [
    ("2024", "2024-01-01", "2024-12-31"),
    (" 2024 ", "2024-01-01", "2024-12-31"),
    ("1900", "1900-01-01", "1900-12-31"),
    ("2200", "2200-01-01", "2200-12-31"),
    ("T4 2024", "2024-10-01", "2024-12-31"),
    ("T4 24", "2024-10-01", "2024-12-31"),
    ("T4/2024", "2024-10-01", "2024-12-31"),
    ("T4-2024", "2024-10-01", "2024-12-31"),
    ("t1 2024", "2024-01-01", "2024-03-31"),
    ("T1/2024", "2024-01-01", "2024-03-31"),
    ("T2\u00a02024", "2024-04-01", "2024-06-30"),
    ("T3\u202f2024", "2024-07-01", "2024-09-30"),
    ("4e trimestre 2024", "2024-10-01", "2024-12-31"),
    ("4ᵉ trimestre 2024", "2024-10-01", "2024-12-31"),
    ("4ème trimestre 2024", "2024-10-01", "2024-12-31"),
    ("1er trimestre 2024", "2024-01-01", "2024-03-31"),
    ("Quatrième  Trimestre de 2024", "2024-10-01", "2024-12-31"),
    ("S1 2024", "2024-01-01", "2024-06-30"),
    ("S2/24", "2024-07-01", "2024-12-31"),
    ("1er semestre 2024", "2024-01-01", "2024-06-30"),
    ("1ᵉʳ semestre 2024", "2024-01-01", "2024-06-30"),
    ("2d semestre 2024", "2024-07-01", "2024-12-31"),
    ("2e semestre 2024", "2024-07-01", "2024-12-31"),
    ("2ème semestre 2024", "2024-07-01", "2024-12-31"),
    ("Second semestre 2024", "2024-07-01", "2024-12-31"),
    ("début 2024", "2024-01-01", "2024-03-31"),
    ("DEBUT 2024", "2024-01-01", "2024-03-31"),
    ("de\u0301but 2024", "2024-01-01", "2024-03-31"),
    ("mi-2024", "2024-04-01", "2024-09-30"),
    ("mi 2024", "2024-04-01", "2024-09-30"),
    ("mi\u20112024", "2024-04-01", "2024-09-30"),
    ("Fin 2024", "2024-10-01", "2024-12-31"),
    ("fin 24", "2024-10-01", "2024-12-31"),
    ("fin d’année 2024", "2024-10-01", "2024-12-31"),
    ("fin de l'année 2024", "2024-10-01", "2024-12-31"),
    ("juin 2024", "2024-06-01", "2024-06-30"),
    ("Août 2024", "2024-08-01", "2024-08-31"),
    ("décembre 24", "2024-12-01", "2024-12-31"),
    ("février 2024", "2024-02-01", "2024-02-29"),
    ("février 2023", "2023-02-01", "2023-02-28"),
    ("fin juin 2024", "2024-06-01", "2024-06-30"),
    ("06/2024", "2024-06-01", "2024-06-30"),
    ("6/2024", "2024-06-01", "2024-06-30"),
    ("06/24", "2024-06-01", "2024-06-30"),
    ("2024-06", "2024-06-01", "2024-06-30"),
    ("15 juin 2024", "2024-06-15", "2024-06-15"),
    ("1er juin 2024", "2024-06-01", "2024-06-01"),
    ("15/06/2024", "2024-06-15", "2024-06-15"),
    ("5/6/24", "2024-06-05", "2024-06-05"),
    ("2024-06-15", "2024-06-15", "2024-06-15"),
    ("29 février 2024", "2024-02-29", "2024-02-29"),
    ("2024-2025", "2024-01-01", "2025-12-31"),
    ("2024 – 2025", "2024-01-01", "2025-12-31"),
    ("2024 à 2026", "2024-01-01", "2026-12-31"),
    ("T1 2024 – T3 2024", "2024-01-01", "2024-09-30"),
    ("T1-2024-T3-2024", "2024-01-01", "2024-09-30"),
    ("T1 – T3 2024", "2024-01-01", "2024-09-30"),
    ("T4 2024 à S1 2025", "2024-10-01", "2025-06-30"),
    ("fin 2024 à mi-2025", "2024-10-01", "2025-09-30"),
    ("2024-06 – 2024-09", "2024-06-01", "2024-09-30"),
    ("15 juin à 20 juillet 2024", "2024-06-15", "2024-07-20"),
    ("avant fin 2024", "2024-01-01", "2024-12-31"),
    ("d’ici fin 2024", "2024-01-01", "2024-12-31"),
    ("d'ici à la fin de l’année 2024", "2024-01-01", "2024-12-31"),
    ("au plus tard T2 2024", "2024-01-01", "2024-06-30"),
    ("Au plus tard le 15 juin 2024", "2024-01-01", "2024-06-15"),
    ("avant 2024-2026", "2024-01-01", "2026-12-31"),
    ("avant T4 2023 – T2 2024", "2023-10-01", "2024-06-30"),
]

WITHOUT_YEAR = [
    ("", "2025-01-01", "2025-12-31"),
    ("T4", "2025-10-01", "2025-12-31"),
    ("juin", "2025-06-01", "2025-06-30"),
    ("fin juin", "2025-06-01", "2025-06-30"),
    ("fin d’année", "2025-10-01", "2025-12-31"),
    ("début d'année", "2025-01-01", "2025-03-31"),
    ("mi-année", "2025-04-01", "2025-09-30"),
    ("2d semestre", "2025-07-01", "2025-12-31"),
    ("15 juin", "2025-06-15", "2025-06-15"),
    ("T1 – T3", "2025-01-01", "2025-09-30"),
    ("avant fin juin", "2025-01-01", "2025-06-30"),
]

REFUSED = [
    "bientôt", "?", "fin", "mi", "avant", "24", "0", "-2024", "²024", "T5 2024", "T0 2024", "S3 2024", "T42024",
    "T4 224", "T4 2024 ou 2025", "T4 2024\x00", "2024-T4", "5e trimestre 2024", "3e semestre 2024", "13/2024", "06/11",
    "2024-13", "2024-6", "2024-25", "15.06.2024", "2024-01-01T00:00:00", "juim 2024", "début juin 2024", "2e juin 2024",
    "courant 2024", "été 2024", "T3 2024 – T4", "2024 à", "1er mai au 3 juin 2024", "2023 à 2024 à 2025",
    "２０２４",
]  # fmt: skip

OFF_THE_CALENDAR = ["31/02/2024", "29 février 2023", "2024-06-31", "31 avril 2024", "2024-06-00"]


@pytest.mark.parametrize(("text", "earliest", "latest"), READ)
def test_words_lie_between_two_days(text: str, earliest: str, latest: str) -> None:
    expected = Due(date.fromisoformat(earliest), date.fromisoformat(latest), " ".join(text.split()))
    assert read_due(text, None) == expected
    assert read_due(text, 2031) == expected


@pytest.mark.parametrize(("text", "earliest", "latest"), WITHOUT_YEAR)
def test_words_without_a_year_take_the_one_that_is_given(text: str, earliest: str, latest: str) -> None:
    assert read_due(text, 2025) == Due(date.fromisoformat(earliest), date.fromisoformat(latest), text or "2025")
    with pytest.raises(ValueError, match="écrivez par exemple"):
        read_due(text, None)


@pytest.mark.parametrize("text", REFUSED)
def test_other_words_are_refused_with_examples(text: str) -> None:
    with pytest.raises(ValueError, match="n’est pas une date lisible : écrivez par exemple « 2024 », « T4 2024 »"):
        read_due(text, 2024)


@pytest.mark.parametrize("text", ["0000", "T4 0000", "15/06/0000", "0000-06-15", "juin 0000", "T1 0000 – T3 0000"])
def test_the_year_0_is_no_year_and_takes_no_other_s_place(text: str) -> None:
    with pytest.raises(ValueError, match="« 0 » n’est pas une année"):
        read_due(text, 2026)


@pytest.mark.parametrize("text", OFF_THE_CALENDAR)
def test_a_day_that_the_calendar_does_not_have_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=f"« {text} » : ce jour n’est pas au calendrier"):
        read_due(text, 2024)


@pytest.mark.parametrize("text", ["2025-2024", "T3 2024 – T1 2024", "T4 – T1 2025", "S1 2024 – T1 2024"])
def test_an_interval_does_not_end_before_it_begins(text: str) -> None:
    with pytest.raises(ValueError, match="finit avant d’avoir commencé"):
        read_due(text, 2024)


@pytest.mark.parametrize(("text", "year"), [("1899", 2024), ("T1 2201", 2024), ("15/06/9999", 2024), ("T1", 1899)])
def test_a_year_is_of_this_time(text: str, year: int) -> None:
    with pytest.raises(ValueError, match="n’est pas une année"):
        read_due(text, year)


@pytest.mark.parametrize("text", ["T2/2026 ?", "T2/2026?", "T2/2026\u202f?", "T2 ? 2026", "? T2 2026", "T2 2026 ??"])
def test_a_question_mark_is_a_doubt(text: str) -> None:
    assert read_due(text, None) == Due(date(2026, 4, 1), date(2026, 6, 30), " ".join(text.split()), doubtful=True)


def test_an_endless_text_is_refused_without_being_repeated() -> None:
    with pytest.raises(ValueError, match="100 caractères au plus") as refused:
        read_due("2024 " * 10_000, 2024)
    assert len(str(refused.value)) < 200


def test_a_whole_year_goes_from_its_first_to_its_last_day() -> None:
    assert whole_year(2024) == Due(date(2024, 1, 1), date(2024, 12, 31), "2024", doubtful=False)


@pytest.mark.parametrize("year", [-1, 0, 1899, 2201, 10_000])
def test_a_whole_year_is_of_this_time(year: int) -> None:
    with pytest.raises(ValueError, match="1900 à 2200"):
        whole_year(year)


@pytest.mark.parametrize("text", [text for text, _, _ in WITHOUT_YEAR if text] + ["T4 ?"])
def test_words_that_name_no_year_are_known(text: str) -> None:
    assert is_without_year(text)


@pytest.mark.parametrize("text", [text for text, _, _ in READ])
def test_words_that_name_a_year_are_known(text: str) -> None:
    assert not is_without_year(text)
