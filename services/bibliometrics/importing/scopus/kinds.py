"""The document types of Scopus, in the languages and spellings in which they are met."""

from functools import lru_cache

from services.bibliometrics.domain.normalising import folded
from services.bibliometrics.domain.publication import DocumentType

IN_PRESS = "aip"
_FINAL = "final"

_WORDS: dict[DocumentType, tuple[str, ...]] = {
    DocumentType.ARTICLE: (
        "article", "article in press", "business article", "ar", "ip", "bz", "artículo", "artículo en prensa",
        "article sous presse", "文章", "期刊文章", "論文", "论文", "期刊論文", "期刊论文", "出版中文章",
    ),
    DocumentType.CONFERENCE_PAPER: (
        "conference paper", "conference article", "proceedings paper", "cp", "communication", "acte de conférence",
        "article de conférence", "communication de conférence", "document de conférence", "ponencia",
        "ponencia de conferencia", "documento de conferencia", "artículo de conferencia", "artículo de la conferencia",
        "會議論文", "会议论文", "會議文章", "研討會論文",
    ),
    DocumentType.REVIEW: (
        "review", "re", "revue", "synthèse", "article de synthèse", "article de revue", "revisión",
        "artículo de revisión", "reseña", "評論", "综述", "綜述", "評論文章", "评论", "回顧", "評述",
    ),
    DocumentType.BOOK_CHAPTER: (
        "book chapter", "chapter", "ch", "chapitre", "chapitre de livre", "chapitre d’ouvrage", "capítulo",
        "capítulo de libro", "capítulo del libro", "書籍章節", "书籍章节", "書籍章", "書的章節", "章節", "图书章节",
    ),
    DocumentType.BOOK: ("book", "bk", "livre", "ouvrage", "libro", "書籍", "书籍", "書", "书", "圖書", "图书"),
    DocumentType.EDITORIAL: ("editorial", "ed", "éditorial", "社論", "社论", "編輯文章", "編者的話", "编辑材料"),
    DocumentType.LETTER: ("letter", "le", "lettre", "carta", "信函", "信件", "來信", "快報", "通訊"),
    DocumentType.NOTE: ("note", "no", "nota", "註釋", "註記", "注释", "筆記", "備註", "短評"),
    DocumentType.ERRATUM: (
        "erratum", "er", "correction", "corrigendum", "fe de erratas", "errata", "corrección", "勘誤", "勘误", "勘誤表",
        "更正",
    ),
    DocumentType.SHORT_SURVEY: (
        "short survey", "survey", "sh", "brève enquête", "courte enquête", "encuesta breve", "encuesta corta",
        "簡短調查", "短篇調查", "简短调查", "簡短綜述",
    ),
    DocumentType.DATA_PAPER: (
        "data paper", "dp", "article de données", "artículo de datos", "documento de datos", "資料論文", "數據論文",
        "数据论文", "数据文章",
    ),
    DocumentType.CONFERENCE_REVIEW: (
        "conference review", "cr", "revue de conférence", "compte rendu de conférence", "revisión de conferencia",
        "會議評論", "會議回顧", "會議綜述", "会议评论", "会议综述",
    ),
    DocumentType.RETRACTED: (
        "retracted", "retracted article", "retracted paper", "tb", "rétracté", "article rétracté", "retirado",
        "retractado", "撤回", "已撤回", "撤稿", "已撤稿", "撤銷",
    ),
    DocumentType.PREPRINT: ("preprint", "pp", "prépublication", "preimpresión", "預印本", "预印本"),
    DocumentType.REPORT: ("report", "rp", "rapport", "informe", "報告", "报告"),
    DocumentType.THESIS: ("dissertation", "thesis", "di", "thèse", "tesis"),
    DocumentType.OTHER: ("abstract report", "ab", "press release", "pr", "multimedia", "mm", "other"),
}  # fmt: skip
_TYPES = {folded(word): kind for kind, words in _WORDS.items() for word in words}
_IN_PRESS_TYPES = frozenset(folded(word) for word in ("Article in press", "ip", "Article sous presse", "出版中文章"))
_STAGES = {"final": _FINAL, "最終": _FINAL, "最终": _FINAL, "article in press": IN_PRESS, "aip": IN_PRESS}


@lru_cache(maxsize=1024)
def known(raw: str) -> DocumentType | None:
    """What a document type is; none where the word was never met."""
    return _TYPES.get(folded(raw))


def is_stage(word: str) -> bool:
    return word.casefold() in _STAGES


@lru_cache(maxsize=1024)
def stage(raw_stage: str, raw_type: str) -> str:
    """`final`, `aip` (in press: said by the stage, or by the type until 2019), or the word of the file."""
    if folded(raw_type) in _IN_PRESS_TYPES:
        return IN_PRESS
    return _STAGES.get(raw_stage.casefold(), raw_stage)
