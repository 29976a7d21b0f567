"""Titles that say nothing of the document: an introduction, a preface, a list of reviewers."""

import re

_TELLING = 25  # letters and digits that a title must have to say by itself which document it is

_WORDS = """
    introduction generalintroduction introductiongenerale avantpropos preface prologue epilogue postface foreword
    afterword editorial guesteditorial invitededitorial editorialnote editorsnote noteoftheeditor noteoftheeditors
    editorsintroduction editorspreface editorsforeword guesteditorsintroduction guesteditorspreface
    guesteditorsforeword conclusion conclusions conclusiongenerale generalconclusion concludingremarks
    tableofcontents tabledesmatieres contents sommaire index authorindex subjectindex nameindex keywordindex
    indexdesauteurs glossary glossaire acknowledgment acknowledgments acknowledgement acknowledgements remerciements
    abbreviations listofabbreviations listofabbreviationsandacronyms bibliography bibliographie references appendix
    appendices annexe annexes listofcontributors listoffigures listoftables listofauthors listofreviewers
    listofreferees listofparticipants listedesauteurs listedesfigures listedestableaux abouttheauthor
    abouttheauthors abouttheeditor abouttheeditors contributors notesoncontributors presentation
    presentationdudossier presentationdunumero inmemoriam obituary organizingcommittee organisingcommittee
    programcommittee programmecommittee technicalprogramcommittee technicalprogrammecommittee scientificcommittee
    steeringcommittee conferencecommittee copyrightpage titlepage frontmatter backmatter keynote keynotes
    keynotespeakers keynotetalks bookreview bookreviews compterendu comptesrendus news newsandviews
    introductiontothespecialissue introductiontothespecialsection introductiontothisspecialissue
    introductiontothethematicissue introductiontothevolume introductionaudossier introductionaunumero
    introductionaunumerospecial editorialforthespecialissue editorialforthisspecialissue
    editorialtothespecialissue editorialspecialissue guesteditorialspecialissue prefacetothespecialissue
    peerreviewstatement peerreviewdeclaration letterstotheeditor lettertotheeditor authorsreply
    erratum errata corrigendum corrigenda rectificatif correction retraction retractionnotice expressionofconcern
"""
_WHOLE = frozenset(_WORDS.split())
_START = re.compile(
    "messagefrom|messageof|welcomemessage|welcomeaddress|welcometo|motdu|motde|listofreviewers|acknowledgmentofreviewers"
    "|acknowledgementofreviewers|acknowledgementtoreviewers|thankstoreviewers|thankyoutoour|remerciementsaux"
)


def generic(key: str) -> bool:
    """Whether the title of this key is one that many documents have."""
    return key in _WHOLE or _START.match(key) is not None


def telling(key: str) -> bool:
    """Whether the title of this key is enough to look for the same document elsewhere."""
    return len(key) >= _TELLING and not generic(key)
