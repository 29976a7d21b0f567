"""The milestones of the contract 2023-2027 as they are printed, transcribed by hand.

Read in the contract: « Objectifs du COP 2023-2027 » (lines 854 to 1357 of its extracted text) for objectives and
indicators, « Jalons d’avancement des actions prioritaires » (lines 1693 to 2653) for the actions. The text gives the
cells of a line one after the other; a cell ends with a line that holds nothing, an empty cell is one space: every line
of the table counts five cells. One paragraph of a cell is one action. The number after an action's words is the line of
the text where it begins.
"""

from tests.journeys.printed_milestones_2018_2022 import Action, Jalon, action, jalon

OF_M1 = (
    "students engineering-students employment-rate-6-months international-mobility "
    "training-cost-per-student training-cost-per-student-subsidised women-in-engineering-intake"
)  # lines 993 to 999
OF_M3 = (
    "research-innovation-own-resources publications publications-per-fte publications-top-10 "
    "research-own-resources-share"
)  # lines 1098 to 1119

JALONS: dict[str, Jalon] = {
    # line 900, then « d’autres indicateurs du COP », lines 907 to 909
    "J1": jalon(
        "PT",
        "france-2030-resources employment-rate-6-months research-innovation-own-resources own-resources-ratio",
        1,
    ),
    "J2": jalon("M1", OF_M1, 1),
    "J3": jalon("M1", OF_M1, 2),  # M1.2, M1.3
    "J4": jalon("M2", "continuing-education-own-resources", 2),  # line 1035
    "J5": jalon("M3", OF_M3, 1),
    "J6": jalon("M3", OF_M3, 1),
    "J7": jalon("M4", "companies-created sme-support-actions", 1),  # lines 1161 and 1162
    "J8": jalon("T1", "research-innovation-own-resources-eu", 1),  # line 1195
    "J9": jalon("T2", "sdg-publications energy-consumption", 2),  # lines 1232 and 1233
    "J10": jalon("T3", "", 2),
    "J11": jalon("T4", "", 3),
    "J12": jalon("T5", "budget-execution-rate", 5),  # line 1357
}

ACTIONS: tuple[Action, ...] = (
    # J1: 2025, 2026 and 2027 are empty
    action("J1.1", 2023, "Diagnostic de l’offre de formation", 1714),
    action("J1.1", 2023, "Cartographie des activités de recherche", 1719),
    action("J1.1", 2023, "suivi des contrats (F-R-I)", 1723),
    action("J1.1", 2024, "propositions d’évolutions de l’offre", 1728),
    action("J1.1", 2024, "suivi « France 2030 »", 1736),
    # J2
    action("J2.1", 2023, "politique commune d’offre(s)", 1763),
    action("J2.1", 2023, "différents scénarios de formations nouvelles", 1773),
    action("J2.1", 2024, "droits de scolarités", 1785),
    action("J2.1", 2024, "promotion commune autour des Masters", 1790),
    action("J2.1", 2024, "formations expérimentales à l’échelle", 1794),
    action("J2.1", 2025, "offre de Masters internationaux inter-école", 1804),
    action("J2.1", 2025, "Obtention des accréditations", 1814),
    action("J2.1", 2026, "Première session de la formation", 1832),
    action("J2.1", 2026, "deuxième expérimentation", 1835, "c"),
    action("J2.1", 2027, "Ouverture de nouveaux Masters", 1843),
    action("J2.1", 2027, "Premier bilan des expérimentations", 1853),
    # J3, M1.2: « Dispositif opérationnel » follows twelve blank lines of its own cell, 2026; 2027 is empty
    action("M1.2", 2023, "Étude des LMS (Moodle)", 1877, of="J3"),
    action("M1.2", 2023, "Partage d’expériences", 1881, of="J3"),
    action("M1.2", 2023, "conception SI décisionnel", 1889, of="J3"),
    action("M1.2", 2024, "mutualisation des Moodle", 1893, of="J3"),
    action("M1.2", 2024, "utilisation de Moodle dans les écoles", 1899, "s", of="J3"),
    action("M1.2", 2024, "entrepôt de données V1", 1904, of="J3", date="T4 24"),
    action("M1.2", 2025, "Moodle des écoles et de la pédagothèque", 1909, of="J3"),
    action("M1.2", 2025, "qualité des données", 1918, of="J3"),
    action("M1.2", 2025, "Entrepôt v2", 1921, of="J3"),
    action("M1.2", 2025, "analyse et de visualisation", 1922, of="J3"),
    action("M1.2", 2026, "Dispositif opérationnel", 1938, of="J3"),
    action("M1.3", 2023, "État des lieux des approches", 1962, of="J3"),
    action("M1.3", 2024, "Chaque école établit", 1972, "s", of="J3"),
    action("M1.3", 2024, "Partage des feuilles de route", 1979, of="J3"),
    action("M1.3", 2025, "critères pour la promotion des personnels", 1986, of="J3"),
    action("M1.3", 2025, "activités de formation partagées et inter-école", 1994, of="J3"),
    action("M1.3", 2026, "reconnaissance du métier d’enseignant", 2000, of="J3"),
    action("M1.3", 2027, "Les écoles ont augmenté", 2009, "s", of="J3"),
    # J4: the first cell of each line is empty
    action("J4.1", 2024, "LMS FCP commun V1", 2036, date="T1/2024"),
    action("J4.2", 2024, "catalogue IMT Executive Education", 2055),
    action("J4.2", 2025, "Structuration de l’offre catalogue", 2059),
    # J5 has an empty cell under 2023
    action("J5.1", 2024, "2 premières thématiques", 2086),
    action("J5.1", 2025, "Industrie du futur responsable", 2096),
    action("J5.1", 2026, "Offre consolidée par objet totem", 2105),
    action("J5.1", 2027, "Offre scientifique et technologique globale", 2108),
    # J6
    action("J6.1", 2023, "Retex programme", 2131),
    action("J6.1", 2024, "nouvelles modalités par appel à projet", 2135),
    action("J6.1", 2025, "Lancement progressif du dispositif", 2142),
    action("J6.1", 2026, "Suivi des projets et thèses", 2145),
    action("J6.1", 2027, "Bilan", 2149),
    # J7: the years of the data are no date of the action
    action("J7.1", 2023, "identification des critères", 2163),
    action("J7.1", 2024, "méthodologie de suivi", 2170),
    action("J7.1", 2024, "1er recueil de données", 2173),
    action("J7.1", 2025, "Recueil et analyse des données 2024-2025", 2176),
    action("J7.1", 2026, "Recueil et analyse des données 2024-2026", 2180),
    action("J7.1", 2027, "Recueil et analyse des données 2024-2027", 2185),
    action("J7.1", 2027, "Analyse et bilan global", 2189),
    # J8: 2026 is a cell of three blank lines
    action("J8.1", 2023, "identification besoin / ressources", 2211),
    action("J8.1", 2023, "intégration dans les réseaux européens", 2218),
    action("J8.1", 2024, "appui au montage ERC", 2232),
    action("J8.1", 2024, "ERASMUS+ au sein de EULiST", 2239),
    action("J8.1", 2025, "Analyse et bilan 2023-2025", 2243),
    action("J8.1", 2025, "parcours communs européens", 2250),
    action("J8.1", 2027, "Analyse et bilan global", 2262),
    # J9: 2023 (three blank lines) and 2026 are empty for the first line, 2026 for the second. What « l’ensemble » of
    # the teachers or of the courses has done, every school has done
    action("J9.1", 2024, "socle commun de formation pour tous les EC", 2280),
    action("J9.1", 2024, "référentiel de compétences dans les différents cursus", 2291),
    action("J9.1", 2024, "mise en valeur des contributions", 2297),
    action("J9.1", 2025, "Mise en ligne de ressources", 2303),
    action("J9.1", 2025, "évaluation des compétences par des projets", 2312),
    action("J9.1", 2025, "accompagnement des territoires", 2318),
    action("J9.1", 2027, "a suivi le socle commun", 2326, "s"),
    action("J9.1", 2027, "l’ensemble des cycles de formation", 2331, "s"),
    action("J9.2", 2023, "Cahier des charges de l’outil", 2347),
    action("J9.2", 2024, "Déploiement d’un outil « bilan carbone »", 2351),
    action("J9.2", 2025, "plan de réduction des GES", 2356),
    action("J9.2", 2027, "mesurer les progrès", 2364),
    # J10: 2023, 2026 and 2027 are empty for the first line, 2024 and 2025 for the second
    action("J10.1", 2024, "GT d’identification des critères", 2380),
    action("J10.1", 2025, "Première mise en place", 2386),
    action("J10.2", 2023, "comités de domaine", 2401),
    action("J10.2", 2026, "CRM Entreprises commun V1", 2405, "d", date="T2/2026 ?"),
    # J11: the third line's « Fin 2025 » follows an empty cell and precedes one, so it stands under 2026
    action("J11.1", 2023, "questionnaire unique", 2424),
    action("J11.1", 2024, "Lancement baromètre social", 2430),
    action("J11.1", 2025, "actions complémentaires", 2434, "c"),
    action("J11.1", 2026, "Lancement deuxième baromètre", 2441),
    action("J11.1", 2027, "actions correctives", 2445, "c"),
    action("J11.2", 2023, "premières orientations générales", 2457),
    action("J11.2", 2024, "Priorisation des actions", 2464),
    action("J11.2", 2024, "premières expérimentations / actions", 2471),
    action("J11.2", 2025, "textes réglementaires, instructions", 2478, "c"),
    action("J11.2", 2026, "Suivi et évaluation", 2485),
    action("J11.3", 2023, "modalités, critères et cibles", 2496),
    action("J11.3", 2024, "1ère consultation", 2502, date="Fin 2024"),
    action("J11.3", 2026, "2ème baromètre", 2506, "d", date="Fin 2025"),
    # J12: the second and third lines print one cell across the five years
    action("J12.1", 2023, "groupe des référents DAC", 2529),
    action("J12.1", 2024, "premières productions", 2538),
    action("J12.1", 2024, "process liés aux grands projets collectifs", 2542),
    action("J12.1", 2025, "plan d’action avec les écoles", 2549),
    action("J12.1", 2026, "suivi en continu", 2555),
    action("J12.1", 2026, "Premiers retours d’expérience", 2559),
    action("J12.2", 2023, "Suivi annuel + jalons", 2572, until=2027),
    action("J12.3", 2023, "engagement des travaux financés par le CPER", 2580, until=2027),
    action("J12.4", 2023, "cadre commun « comptabilité analytique »", 2601),
    action("J12.4", 2024, "nouvelle nomenclature analytique", 2606),
    action("J12.4", 2024, "cahier des charges SI Finances", 2615),
    action("J12.4", 2025, "restitutions types de l’infocentre", 2618),
    action("J12.4", 2025, "grille tarifaire de l’IMT", 2627),
    action("J12.5", 2023, "définition du périmètre", 2644),
    action("J12.5", 2024, "pratiques propres à chaque entité", 2650),
)
