"""The report on paper and for word processors, from Python packages alone.

PDF is made by typst, DOCX by pandoc and python-docx.
"""

import importlib
import io
import json
import tempfile
from pathlib import Path

from ..errors import WorkbookError
from ..show.theme import TEMPLATES
from ..text import in_xml
from .paper import draw_print_page
from .tables import fix_dates, made_at
from .writing import write_whole

# How a Word document shows what is marked: run properties of WordprocessingML, for which
# python-docx has no words (shades, colours of lines).
STYLE_LOOKS = {
    "Person": '<w:shd w:val="clear" w:fill="FBE7BF"/>',
    "Organisation": '<w:shd w:val="clear" w:fill="CDEDE2"/>',
    "State": '<w:shd w:val="clear" w:fill="D6EAF5"/>',
    "Place": '<w:shd w:val="clear" w:fill="E6E6E6"/>',
    "Other actor": '<w:shd w:val="clear" w:fill="F3E0EB"/>',
    "Open mention": '<w:u w:val="dotted" w:color="555555"/>',
    "Negative": '<w:u w:val="wave" w:color="B34700"/>',
    "Positive": '<w:u w:val="double" w:color="00558A"/>',
    "Quoted words": "",
    "Speaker": '<w:b/><w:color w:val="555555"/><w:sz w:val="15"/>',
    "Date marked": "<w:i/>",
    "Sentence number": (
        '<w:color w:val="555555"/><w:sz w:val="15"/><w:vertAlign w:val="superscript"/>'
    ),
    "Marked": '<w:shd w:val="clear" w:fill="FFE08A"/>',
}
NOTE = '<w:color w:val="555555"/><w:sz w:val="17"/>'
PARAGRAPHS = {"Note": NOTE, "Left out": f"<w:strike/>{NOTE}"}
# Letters of the longest word or line that a column of a table grows for.
WIDEST_COLUMN = 40
# The packages of the extra `print` that each format needs.
PRINT_PACKAGES = {"pdf": ("typst", "pypandoc"), "docx": ("pypandoc", "docx")}


def need_package(package, job):
    """A package of the extra `print`; WorkbookError with the mend where it is missing."""
    try:
        return importlib.import_module(package)
    except ImportError:
        raise WorkbookError(
            f'{job} needs the package {package}: pip install "media-analysis-workbook[print]"'
        ) from None


def write_pdf(notebook, path, keywords=""):
    """Write an executed notebook as a typeset PDF: vector charts, fonts inside, tagged.

    The same notebook gives the same bytes.
    """
    typst = need_package("typst", "PDF")
    title = in_typst(notebook.metadata.get("title", "Report"))
    about = f"title: wb-title, author: (), keywords: ({in_typst(keywords)},), date: none"
    head = f"#let wb-title = {title}\n#set document({about})\n"
    style = (TEMPLATES / "print.typ").read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as scratch:
        body = convert_page(draw_print_page(notebook, scratch, "pdf"), "typst", "PDF")
        source = Path(scratch, "report.typ")
        source.write_text(head + style + body, encoding="utf-8")
        made = typst.compile(str(source), root=scratch, timestamp=made_at())
    write_whole(path, made)


def in_typst(text):
    """A text as typst writes one in code."""
    return json.dumps(in_xml(text), ensure_ascii=False)


def write_docx(notebook, path, keywords=""):
    """Write an executed notebook as a Word document.

    It has real headings, tables and styles; figures are pictures with alt text.
    """
    docx = need_package("docx", "DOCX")
    title = in_xml(notebook.metadata.get("title", "Report"))
    with tempfile.TemporaryDirectory() as scratch:
        made = Path(scratch, "report.docx")
        options = ["--resource-path", scratch, "--metadata", "lang=en"]
        options += ["--metadata", f"pagetitle={title}"]
        page = draw_print_page(notebook, scratch, "png")
        convert_page(page, "docx", "DOCX", *options, outputfile=str(made))
        document = docx.Document(made)
    set_styles(document.styles)
    # Not by python-docx's own setters: they refuse the 256th letter, which a file's name may bring.
    properties = document.core_properties._element
    properties.get_or_add_title().text = title
    properties.get_or_add_keywords().text = in_xml(keywords)
    content = io.BytesIO()
    document.save(content)
    write_whole(path, fix_dates(content.getvalue()))


def convert_page(page, to, job, *options, **more):
    """What pandoc makes of a page."""
    from lxml import etree

    pypandoc = need_package("pypandoc", job)
    page = etree.fromstring(page)
    move_classes(page)
    if to == "docx":
        size_columns(page)
    return pypandoc.convert_text(
        etree.tostring(page, encoding="unicode"),
        to,
        format="html-tex_math_dollars",
        extra_args=["--lua-filter", str(TEMPLATES / "print.lua"), *options],
        **more,
    )


def move_classes(page):
    """Put a block with its class around each paragraph: pandoc would lose the paragraph's own."""
    for paragraph in page.xpath("//p[@class]"):
        block = paragraph.makeelement("div", paragraph.attrib)
        paragraph.attrib.clear()
        paragraph.addprevious(block)
        block.append(paragraph)


def size_columns(page):
    """Make columns of tables as wide as what stands in them.

    A word processor would give all the same width.
    """
    for table in page.iter("table"):
        widths = []
        for column in zip(*table.iter("tr"), strict=False):
            longest = max(len("".join(cell.itertext())) for cell in column)
            widths.append(min(longest, WIDEST_COLUMN) + 5)
        share = 100 / max(sum(widths), 2 * WIDEST_COLUMN)
        columns = table.makeelement("colgroup")
        for width in widths:
            columns.append(columns.makeelement("col", style=f"width: {share * width:.0f}%"))
        table.insert(0, columns)


def set_styles(styles):
    """Give the styles of a Word document, as pandoc makes it, the workbook's looks."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml.ns import qn
    from docx.shared import Pt

    # Fonts of a theme; without them a text stands in Times New Roman, or what is there for it.
    for fonts in list(styles.element.iter(qn("w:rFonts"))):
        if fonts.get(qn("w:ascii")) is None:
            fonts.getparent().remove(fonts)
    for name, look in STYLE_LOOKS.items():
        add_style(styles, name, WD_STYLE_TYPE.CHARACTER, look)
    for name, look in PARAGRAPHS.items():
        add_style(styles, name, WD_STYLE_TYPE.PARAGRAPH, look)
    set_look(styles.element.get_by_id("Caption"), NOTE)
    styles["Table"].font.size = Pt(8.5)
    set_lines(styles["Table"].element)


def add_style(styles, name, kind, look):
    """Add a style in place of the empty one that pandoc makes for what is marked so."""
    if name in styles:
        styles[name].delete()
    set_look(styles.add_style(name, kind).element, look)


def set_look(style, look):
    """Give a style run properties, in place of those that it has."""
    from docx.oxml.ns import nsdecls
    from docx.oxml.parser import parse_xml

    properties = style.get_or_add_rPr()
    properties.clear()
    properties.extend(parse_xml(f"<w:rPr {nsdecls('w')}>{look}</w:rPr>"))


def set_lines(style):
    """Give a style of tables lines above, below and between the rows."""
    from docx.oxml.ns import nsdecls, qn
    from docx.oxml.parser import parse_xml

    lines = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:color="BBBBBB"/>'
        for side in ("top", "bottom", "insideH")
    )
    borders = parse_xml(f"<w:tblBorders {nsdecls('w')}>{lines}</w:tblBorders>")
    style.find(qn("w:tblPr")).find(qn("w:tblCellMar")).addprevious(borders)
