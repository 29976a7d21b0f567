"""What judges nothing: no target, no value, before the start, senseless words, an objective before its year."""

from functools import partial

from .judging import Given

_Students = partial(
    Given, measure="étudiants 0 up", asks="at_least value 16450", known="2022=13606", points="2023=13800 2024=14460"
)

SILENCES = (
    _Students(
        "16 450, valeurs absentes", rows="""
        2022 not_applicable not_applicable not-concerned none none  # before anything else
        2022 late           not_due      before-start none none
        2022 -              not_due      before-start none none
        2015 -              not_due      before-start none none
        2023 late           not_reported no-value     none none
        2024 -              not_reported no-value     none none
        2024 late           not_reported no-value     none none
        2024 confidential   not_reported no-value     none none
        2024 not_measured   not_reported no-value     none none
        2024 refused        not_reported no-value     none none
        2024 perdu          not_reported no-value     none none     # a reason that nobody has defined
        2024 not_yet_due    not_due      year-open    none none
        2024 not_applicable not_applicable not-concerned none none
        2024@2024-01-15 -   not_due      year-open    none none
        2024@2024-12-31 -   not_due      year-open    none none     # the last day
        2024@2025-01-01 -   not_reported no-value     none none
        2024@2023-06-30 -   not_due      year-open    none none
        2024@2024-06-30 late not_reported no-value    none none     # a reason counts before the end of the year too
        2024@2024-06-30 not_yet_due not_due year-open none none
        2027 -              not_reported no-value     none none
        2027 late           not_reported no-value     none none
        2027 confidential   not_reported no-value     none none
        2027 not_measured   not_reported no-value     none none
        2027 refused        not_reported no-value     none none
        2027 not_yet_due    not_due      year-open    none none
        2027 not_applicable not_applicable not-concerned none none
        2027@2027-12-31 -   not_due      year-open    none none
        2028 -              not_reported no-value     none none     # the value of 2027
        2028 17000          not_reported no-value     none none     # 17000 in 2028 is not that of 2027
        2028 2027=refused   not_reported no-value     none none
        2028 2027=not_yet_due not_due    year-open    none none
        """,
    ),
    Given(
        "coût de formation « Indicateur de suivi annuel sans objectif »", "k€/élève 1 down", "none none",
        known="2022=12.0", rows="""
        2015 12.0           untargeted   no-target    none none
        2023 12.0           untargeted   no-target    none none
        2024 -              untargeted   no-target    none none
        2024 late           untargeted   no-target    none none
        2024 not_yet_due    untargeted   no-target    none none
        2024 not_applicable not_applicable not-concerned none none
        2027 12.0           untargeted   no-target    none none
        2030 12.0           untargeted   no-target    none none
        final:2024 12.0     untargeted   no-target    none none
        final:2024 not_applicable not_applicable not-concerned none none
        """,
    ),
    Given(
        "France 2030 « [Suivi sans cible] », cumulé", "M€ 1 up", "none none", baseline="none", cumulative=True, rows="""
        2024 2023=1.5,2024=2 untargeted  no-target    none none
        2024 2024=2         untargeted   no-target    none none
        2028 -              untargeted   no-target    none none
        """,
    ),
    Given(
        "sans comparaison, mais une valeur", "M€ 1 up", "none value 10", known="2022=5", rows="""
        2024 7              untargeted   no-target    none none
        2027 10             untargeted   no-target    none none
        """,
    ),
    Given(
        "comparaison insensée", "M€ 1 up", "environ value 10", known="2022=5", rows="""
        2022 7              not_due      before-start none none
        2024 7              not_evaluable no-level    none none
        2024 -              not_reported no-value     none none
        2027 10             not_evaluable no-level    none none
        2024 not_applicable not_applicable not-concerned none none
        """,
    ),
    Given(
        "opérande insensé", "M€ 1 up", "at_least doublement 10", known="2022=5", rows="""
        2024 7              not_evaluable no-level    none none
        2024 late           not_reported no-value     none none
        2027 10             not_evaluable no-level    none none
        """,
    ),
    Given(
        "au moins, sans opérande", "M€ 1 up", "at_least none", known="2022=5", rows="""
        2024 7              not_evaluable no-level    none none
        2027 7              not_evaluable no-level    none none
        """,
    ),
    Given(
        "au moins une valeur, sans valeur", "M€ 1 up", "at_least value", known="2022=5", rows="""
        2024 7              not_evaluable no-level    none none
        2027 7              not_evaluable no-level    none none
        """,
    ),
    _Students(
        "16 450, l’objectif final", rows="""
        final:2022 13606    not_due      distant      -2844 -0.1729 16450
        final:2023 13800    not_due      distant      -2650 -0.1611 16450
        final:2024 14300    not_due      distant      -2150 -0.1307 16450
        final:2024 16500    not_due      distant      50    0.0030  16450  # reached early is not due either
        final:2024 -        not_due      distant      none  none    16450
        final:2024 late     not_due      distant      none  none    16450
        final:2024 not_applicable not_applicable not-concerned none none
        final:2026 16450    not_due      distant      0     0.0000  16450
        final:2027 16450    met          objective    0     0.0000  16450
        final:2027 16449    missed       objective    -1    -0.0001 16450
        final:2027 -        not_reported no-value     none  none
        final:2027@2027-06-30 - not_due  year-open    none  none
        final:2028 2027=16400 missed     objective    -50   -0.0030 16450
        """,
    ),
    Given(
        "moins de 114, l’objectif final", "kWh/m² 0 down", "less_than value 114", known="2022=145", rows="""
        final:2024 130      not_due      distant      -16   -0.1404 114
        final:2024 110      not_due      distant      4     0.0351  114
        final:2027 114      missed       objective    0     0.0000  114
        """,
    ),
    Given(
        "+10 %, l’objectif final", "actions 0 up", "at_least growth 10", known="2022=100", rows="""
        final:2024 104      not_due      distant      -6    -0.0545 110
        """,
    ),
    Given(
        "+10 %, référence inconnue, l’objectif final", "actions 0 up", "at_least growth 10", rows="""
        final:2024 104      not_due      distant      none  none    none
        final:2027 104      not_evaluable no-baseline none  none
        """,
    ),
    Given(
        "> moyenne CGE, l’objectif final", "% 1 up", "more_than benchmark", known="2022=94.4",
        benchmark="2024=95 2027=96", rows="""
        final:2024 95.4     not_due      distant      none  none    none  # the mean of 2027 is not known in 2024
        final:2027 96.1     met          objective    0.1   none    96
        """,
    ),
    Given(
        "+5 % en € constants, l’objectif final", "M€ 1 up", "at_least growth 5", known="2022=76.3", level="92",
        basis="constant-euros-2022", index="2022=100 2024=107", rows="""
        final:2024 83.46    not_due      distant      -2.115 -0.0264 80.115  # 83.46/1.07 = 78
        """,
    ),
    Given(
        "+8 à 10 %, l’objectif final", "publications 0 up", "within growth_range 8 10", known="2022=2000", rows="""
        final:2024 2100     not_due      distant      -60   -0.0278 2160
        final:2024 2200     not_due      distant      40    0.0185  2160
        """,
    ),
    Given(
        "de 150 à 180, à la baisse, l’objectif final", "kWh/m² 0 down", "within value 150 180", known="2022=200",
        rows="""
        final:2024 190      not_due      distant      -10   -0.0556
        final:2024 140      not_due      distant      40    0.2222
        """,
    ),
    Given(
        "de 150 à 180, sans sens, l’objectif final", "élèves 0 none", "within value 150 180", known="2022=140", rows="""
        final:2024 149      not_due      distant      -1    -0.0067
        final:2024 152      not_due      distant      2     0.0133
        final:2024 175      not_due      distant      5     ?       # to the nearest end, 180
        final:2024 198      not_due      distant      -18   -0.1000 # beyond the range is short of it
        """,
    ),
    Given(
        "+15 cumulés, l’objectif final", "processus 0 up", "at_least value 15", baseline="2022 = 0", cumulative=True,
        rows="""
        final:2024 2023=1,2024=2 not_due distant      -12   -0.8000 15
        final:2024 2024=2   not_due      distant      none  none    15
        """,
    ),
    Given(
        "opérande insensé, l’objectif final", "M€ 1 up", "at_least doublement 10", known="2022=5", rows="""
        final:2024 7        not_due      distant      none  none    none
        final:2027 7        not_evaluable no-level    none  none
        """,
    ),
)  # fmt: skip
