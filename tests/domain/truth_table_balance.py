"""The contract 2018-2022 as it was lived: its own table « valeurs globales », judged every year."""

from functools import partial

from .judging import Given

_Of2017 = partial(Given, due=2022, start=2018, reference=2017)

BALANCE = (
    _Of2017(
        "« 14 280 (+20 %) »", "étudiants 0 up", "at_least value 14280", known="2017=11852", rows="""
        2018 12322 watch    straight-line -15.6  -0.0013 12337.6 48.56   # 11852 + 2428 x 1/5
        2019 12632 behind   straight-line -191.2 -0.0149 12823.2 97.12
        2020 13257 watch    straight-line -51.8  -0.0039 13308.8 145.68
        2021 13362 behind   straight-line -432.4 -0.0313 13794.4 194.24
        2022 13606 missed   objective     -674   -0.0472 14280
        2024 2022=13606,2024=14300 missed objective -674 -0.0472 14280
        """,
    ),
    _Of2017(
        "« 10 580 (+15 %) »", "étudiants 0 up", "at_least value 10580", known="2017=9220", rows="""
        2018 9663  on_track straight-line 171    0.0180  9492  27.2      # 9220 + 1360 x 1/5
        2019 9934  on_track straight-line 170    0.0174  9764  54.4
        2020 10305 on_track straight-line 269    0.0268  10036 81.6
        2021 10333 on_track straight-line 25     0.0024  10308 108.8
        2022 10705 met      objective     125    0.0118  10580
        """,
    ),
    _Of2017(
        "coût unitaire « -10% »", "k€/étudiant 1 down", "at_most growth -10", known="2017=11.9", rows="""
        2018 11.6  on_track straight-line 0.062  0.0053  11.662 0.0238   # 11.9 - 1.19 x 1/5
        2019 11.8  behind   straight-line -0.376 -0.0329 11.424 0.0476
        2020 10.8  on_track straight-line 0.386  0.0345  11.186 0.0714
        2021 11.2  behind   straight-line -0.252 -0.0230 10.948 0.0952
        2022 12.0  missed   objective     -1.29  -0.1204 10.71
        """,
    ),
    _Of2017(
        "part sur subvention « -15% »", "k€/étudiant 1 down", "at_most growth -15", known="2017=7.6", rows="""
        2018 7.4   behind   straight-line -0.028 -0.0038 7.372 0.0228    # 7.6 - 1.14 x 1/5
        2019 7.2   behind   straight-line -0.056 -0.0078 7.144 0.0456
        2020 6.5   on_track straight-line 0.416  0.0602  6.916 0.0684
        2021 6.6   on_track straight-line 0.088  0.0132  6.688 0.0912
        2022 6.7   missed   objective     -0.24  -0.0372 6.46
        """,
    ),
    _Of2017(
        "insertion « > CGE »", "% 1 up", "more_than benchmark", known="2017=91.4", rows="""
        2018 94.6  not_evaluable no-benchmark none none                  # the means are not printed
        2022 94.4  not_evaluable no-benchmark none none
        """,
    ),
    _Of2017(
        "« 75,5 (+15 %) »", "M€ 1 up", "at_least value 75.5", known="2017=65.6", rows="""
        2018 67.3  behind   straight-line -0.28  -0.0041 67.58 0.198     # 65.6 + 9.9 x 1/5
        2019 70.9  on_track straight-line 1.34   0.0193  69.56 0.396
        2020 68.4  behind   straight-line -3.14  -0.0439 71.54 0.594
        2021 73.3  watch    straight-line -0.22  -0.0030 73.52 0.792
        2022 76.3  met      objective     0.8    0.0106  75.5
        """,
    ),
    _Of2017(
        "« 40 % (+3,8 pts) »", "% 1 up", "at_least value 40", known="2017=36.2", rows="""
        2018 36.3  behind   straight-line -0.66  none    36.96 0.076     # 36.2 + 3.8 x 1/5
        2019 37.9  on_track straight-line 0.18   none    37.72 0.152
        2020 37.0  behind   straight-line -1.48  none    38.48 0.228
        2021 38.0  behind   straight-line -1.24  none    39.24 0.304
        2022 40.7  met      objective     0.7    none    40
        """,
    ),
    _Of2017(
        "« 41 % (+4 pts) »", "% 0 up", "at_least value 41", known="2017=37", rows="""
        2018 37    behind   straight-line -0.8   none    37.8 0.08       # 37 + 4 x 1/5
        2019 38    behind   straight-line -0.6   none    38.6 0.16
        2020 37    behind   straight-line -2.4   none    39.4 0.24
        2021 38    behind   straight-line -2.2   none    40.2 0.32
        2022 39    missed   objective     -2     none    41
        """,
    ),
    _Of2017(
        "rang A « Stable ou croissant »", "publications/ETP 1 up", "at_least baseline", known="2017=4.1", rows="""
        2018 4.4   on_track every-year    0.3    0.0732  4.1 0
        2019 4.7   on_track every-year    0.6    0.1463  4.1 0
        2020 4.2   on_track every-year    0.1    0.0244  4.1 0
        2021 4.6   on_track every-year    0.5    0.1220  4.1 0
        2022 4.7   met      objective     0.6    0.1463  4.1
        """,
    ),
    _Of2017(
        "h-index « Stable ou croissant »", "h-index 0 up", "at_least baseline", known="2017=22", rows="""
        2018 23    on_track every-year    1      0.0455  22 0
        2021 30    on_track every-year    8      0.3636  22 0
        2022 32    met      objective     10     0.4545  22
        """,
    ),
    _Of2017(
        "« 80 (+19 %) »", "entreprises 0 up", "at_least value 80", known="2017=67", rows="""
        2018 74    on_track straight-line 4.4    0.0632  69.6 0.26       # 67 + 13 x 1/5
        2019 74    on_track straight-line 1.8    0.0249  72.2 0.52
        2020 76    on_track straight-line 1.2    0.0160  74.8 0.78
        2021 79    on_track straight-line 1.6    0.0207  77.4 1.04
        2022 81    met      objective     1      0.0125  80
        """,
    ),
    _Of2017(
        "pérennité à 3 ans « Stable »", "% 0 up", "at_least baseline", known="2017=84", rows="""
        2018 93    on_track every-year    9      none    84 0
        2019 84    on_track every-year    0      none    84 0
        2022 88    met      objective     4      none    84
        """,
    ),
    _Of2017(
        "double-diplômés « +7 pts »", "% 1 up", "at_least points 7", known="2017=6.7", rows="""
        2018 7.5   behind   straight-line -0.6   none    8.1  0.14       # 6.7 + 7 x 1/5
        2019 8.7   behind   straight-line -0.8   none    9.5  0.28
        2020 10.8  watch    straight-line -0.1   none    10.9 0.42
        2021 7.7   behind   straight-line -4.6   none    12.3 0.56
        2022 8.4   missed   objective     -5.3   none    13.7
        """,
    ),
)  # fmt: skip
