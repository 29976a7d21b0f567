"""Name patterns are adjacent whole words, whatever the way in which affiliations write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.bibliometrics.domain.names import Pattern, Said, words_of
from services.bibliometrics.domain.normalising import folded


@pytest.mark.parametrize(
    "text",
    [
        "Télécom SudParis",
        "TELECOM SUDPARIS, 91000 Évry, France",
        "Telecom-SudParis",
        "SAMOVAR,\xa0Te\u0301le\u0301com  SudParis; Institut Polytechnique de Paris",
        "Durand M., T&eacute;l&eacute;com SudParis, Evry",
    ],
)
def test_case_accents_hyphens_and_punctuation_do_not_matter(text: str) -> None:
    assert Pattern.of("Télécom SudParis").spans(text)


@pytest.mark.parametrize("text", ["Télécom Sud Paris", "Telecom Paris", "SudParis Télécom", "Télécoms SudParis", ""])
def test_words_are_whole_adjacent_and_in_order(text: str) -> None:
    assert Pattern.of("Télécom SudParis").spans(text) == []


def test_telecom_sudparis_never_is_telecom_paris() -> None:
    assert Pattern.of("Telecom Paris").spans("Telecom SudParis, Evry") == []


def test_telecom_paristech_is_not_telecom_paris() -> None:
    assert Pattern.of("Telecom Paris").spans("LTCI, Télécom ParisTech, Paris") == []


def test_spans_count_the_words_of_the_text() -> None:
    assert Pattern.of("imt atlantique").spans("Lab-STICC, IMT Atlantique, Brest; IMT Atlantique") == [(2, 4), (5, 7)]


def test_a_star_between_words_is_any_number_of_words() -> None:
    pattern = Pattern.of("École * Mines * Saint-Étienne")
    assert pattern.spans("École Nationale Supérieure des Mines de Saint-Étienne") == [(0, 8)]
    assert pattern.spans("Ecole Mines Saint Etienne") == [(0, 4)]
    assert pattern.spans("Université de Saint-Étienne, École des Mines") == []


def test_what_a_star_skips_is_not_of_the_match() -> None:
    assert Pattern.of("mines * etienne").places(Said.of("École des Mines de Saint-Étienne")) == [(2, 5)]


def test_a_star_within_a_word_is_any_letters() -> None:
    pattern = Pattern.of("Telecom* Paris*")
    assert pattern.spans("Télécom ParisTech") == [(0, 2)]
    assert pattern.spans("Télécommunications Paris") == [(0, 2)]
    assert pattern.spans("Telecom SudParis") == []
    assert Pattern.of("*paris").spans("Telecom SudParis") == [(1, 2)]


@pytest.mark.parametrize(
    "text",
    [
        "Bouygues Telecom, Paris",
        "France Telecom ; Paris",
        "Telecom | Paris",
        "Department of Telecom, Paris-Saclay University",
        "Te\u0301le\u0301com，Paris",
    ],
)
def test_a_separator_of_the_text_parts_words(text: str) -> None:
    assert Pattern.of("Télécom Paris").spans(text) == []


@pytest.mark.parametrize(
    "text", ["Telecom Paris, Palaiseau", "LTCI, Telecom Paris", "Telecom (Paris)", "T&eacute;l&eacute;com Paris"]
)
def test_only_a_separator_between_its_words_parts_a_name(text: str) -> None:
    assert Pattern.of("Télécom Paris").spans(text)


def test_a_star_spans_separators() -> None:
    assert Pattern.of("Mines * cours Fauriel").spans("École des Mines, LGF; 158, cours Fauriel") == [(2, 7)]
    assert Pattern.of("Mines * cours Fauriel").spans("École des Mines, 158 cours, Fauriel") == []


@pytest.mark.parametrize("text", ["Institut Mines, Telecom", "Institut Mines-Telecom"])
def test_a_comma_of_the_pattern_is_one_that_the_text_may_have(text: str) -> None:
    assert Pattern.of("Institut Mines, Telecom").spans(text) == [(0, 3)]
    assert Pattern.of("Institut Mines, Telecom").spans("Institut, Mines Telecom") == []


def test_a_comma_at_either_end_or_beside_a_star_says_nothing() -> None:
    assert Pattern.of(", Mines Albi ,") == Pattern.of("Mines Albi")
    assert Pattern.of("ENST, * , Barrault") == Pattern.of("ENST * Barrault")


def test_a_star_at_either_end_says_nothing() -> None:
    assert Pattern.of("* Mines Albi *") == Pattern.of("Mines Albi")


@pytest.mark.parametrize("text", ["*", " * * ", "", "- ,"])
def test_a_pattern_without_words_is_found_nowhere(text: str) -> None:
    assert Pattern.of(text).spans("Mines Albi") == []


def test_other_alphabets_are_words_too() -> None:
    assert Pattern.of("国立大学").spans("国立大学, Tokyo") == [(0, 1)]


def test_entities_of_markup_are_read_before_words() -> None:
    assert words_of("R&amp;D, Mines") == ["r", "d", "mines"]


@given(st.text(max_size=60) | st.text(alphabet="aé&;,-ım İ#x41", max_size=20))
def test_words_are_those_of_folded_texts(text: str) -> None:
    assert words_of(text) == folded(text).split()
    assert Said.of(text).words == folded(text).split()
