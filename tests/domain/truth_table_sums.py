"""Cumulative targets: the sum of the years after the baseline, on a line from zero."""

from .judging import Given

_FIVE = "2018=1,2019=0,2020=2,2021=2,2022=10"

SUMS = (
    Given(
        "dématérialisation « +15 »", "processus 0 up", "at_least value 15", due=2022, start=2018, reference=2017,
        baseline="2017 = 0", cumulative=True, rows=f"""
        2018 1                         behind   straight-line -2 -0.6667 3  0.3
        2019 2018=1,2019=0             behind   straight-line -5 -0.8333 6  0.6
        2020 2018=1,2019=0,2020=2      behind   straight-line -6 -0.6667 9  0.9
        2021 2018=1,2019=0,2020=2,2021=2 behind straight-line -7 -0.5833 12 1.2
        2021 2018=3,2019=3,2020=3,2021=3 on_track straight-line 0 0.0000 12 1.2
        2022 {_FIVE}                   met      objective     0  0.0000  15
        2022 2018=1,2019=0,2020=2,2021=2,2022=9 missed objective -1 -0.0667 15
        2023 {_FIVE}                   met      objective     0  0.0000  15
        2024 {_FIVE},2023=-100         met      objective     0  0.0000  15
        2020 2018=1,2020=2             not_reported no-value  none none  # 2019 is missing
        2020 2018=1,2019=late,2020=2   not_reported no-value  none none
        2020 2018=1,2019=refused,2020=2 not_reported no-value none none
        2020 2018=1,2019=not_yet_due,2020=2 not_due year-open none none
        2020 2018=1,2019=not_applicable,2020=2 not_reported no-value none none
        2020 2018=1,2019=0,2020=not_applicable not_applicable not-concerned none none
        2020@2020-11-30 2018=1,2019=0  not_due  year-open     none none
        2022 2019=0,2020=2,2021=2,2022=100 not_reported no-value none none
        """,
    ),
    Given(
        "60 actions en cinq ans (20 en 2022)", "actions 0 up", "at_least value 60", known="2022=20", cumulative=True,
        rows="""
        2023 12              on_track straight-line 0    0.0000  12 1.2  # from zero, not from the 20 of 2022
        2024 2023=10,2024=12 watch    straight-line -2   -0.0833 24 2.4
        2024 2023=10,2024=11.6 watch  straight-line -2.4 -0.1000 24 2.4
        2024 2023=10,2024=11.5 behind straight-line -2.5 -0.1042 24 2.4
        """,
    ),
    Given(
        "60 actions en cinq ans, 20 d’ici 2024", "actions 0 up", "at_least value 60", known="2022=20",
        points="2024=20", cumulative=True, rows="""
        2023 10              on_track straight-line 0    0.0000  10 1
        2024 2023=10,2024=8  watch    trajectory-point -2 -0.1000 20 2
        2024 2023=10,2024=7  behind   trajectory-point -3 -0.1500 20 2
        """,
    ),
    Given(
        "60 actions en cinq ans, autre méthode dès 2024", "actions 0 up", "at_least value 60", known="2022=20",
        breaks="2024", cumulative=True, rows="""
        2023 12              on_track straight-line 0    0.0000  12 1.2
        2024 2023=12,2024=12 not_evaluable method-break none none
        2027 2023=12,2024=12,2025=12,2026=12,2027=12 not_evaluable method-break none none
        """,
    ),
)  # fmt: skip
