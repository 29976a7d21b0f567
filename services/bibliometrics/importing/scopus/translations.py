"""The headings of a Scopus export in the other languages in which they are met, by the English one.

What the content of a column tells needs no word here; a wrong word for « Source » or « Year » would refuse every row.
"""

TRANSLATIONS: dict[str, tuple[str, ...]] = {
    "Authors": ("作者",),
    "Author(s) ID": ("作者身分",),
    "Title": ("標題",),
    "Year": ("年份",),
    "Source title": ("來源出版物名稱", "来源出版物名称"),
    "Volume": ("卷", "巻"),
    "Issue": ("期", "号"),
    "Art. No.": ("論文編號", "论文编号", "論文番号", "n° d'article", "n° d’article"),
    "Page start": ("起始頁碼", "起始页码", "開始ページ", "page de début", "página inicial"),
    "Page end": ("結束頁碼", "结束页码", "終了ページ", "page de fin", "página final"),
    "Cited by": (
        "被引用文獻", "施引文獻", "被引", "被引用文献", "施引文献", "被引频次", "被引次数", "被引用数", "被引用回数",
        "引用", "cité par", "citado por", "zitiert von", "citato da",
    ),
    "Link": ("連結", "链接"),
    "Language of Original Document": ("原始文獻語言", "原始文献语言"),
    "Document Type": ("文獻類型", "文献类型"),
    "Publication Stage": ("出版階段", "出版阶段"),
    "Source": ("來源出版物",),
    "Open Access": ("開放取用", "开放获取"),
}  # fmt: skip
