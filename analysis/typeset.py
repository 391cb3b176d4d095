"""The report on paper and for word processors: PDF by typst, DOCX by pandoc, from Python packages alone."""

import contextlib
import io
import json
import re
import tempfile
import zipfile
from pathlib import Path

from .errors import WorkbookError
from .exports import fix_dates, made_at
from .still import draw_page

TEMPLATES = Path(__file__).parent / "templates"
# pandoc -> how a Word document shows what is marked: run properties of WordprocessingML.
STYLES = {
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
    "Sentence number": '<w:color w:val="555555"/><w:sz w:val="15"/><w:vertAlign w:val="superscript"/>',
    "Marked": '<w:shd w:val="clear" w:fill="FFE08A"/>',
}
NOTE = '<w:color w:val="555555"/><w:sz w:val="17"/>'
PARAGRAPHS = {"Note": NOTE, "Left out": f"<w:strike/>{NOTE}"}
LINES = "".join(f'<w:{side} w:val="single" w:sz="4" w:color="BBBBBB"/>' for side in ("top", "bottom", "insideH"))
# Letters of the longest word or line that a column of a table grows for.
WIDEST_COLUMN = 40


def need(package, job):
    """A package of the extra `print`; WorkbookError with the mend where it is missing."""
    try:
        return __import__(package)
    except ImportError:
        raise WorkbookError(f'{job} needs the package {package}: pip install "media-analysis-workbook[print]"') from None


def write_pdf(notebook, path, keywords=""):
    """Write an executed notebook as a typeset PDF: vector charts, fonts inside, tagged, the same bytes for the same notebook."""
    typst, pypandoc = need("typst", "PDF"), need("pypandoc", "PDF")
    title = notebook.metadata.get("title", "Report")
    with tempfile.TemporaryDirectory() as scratch:
        body = convert(pypandoc, draw_page(notebook, scratch, "pdf"), "typst")
        head = f"#let wb-title = {quote(title)}\n#set document(title: wb-title, author: (), keywords: ({quote(keywords)},), date: none)\n"
        Path(scratch, "report.typ").write_text(head + (TEMPLATES / "print.typ").read_text(encoding="utf-8") + body, encoding="utf-8")
        made = typst.compile(str(Path(scratch, "report.typ")), root=scratch, timestamp=made_at())
    Path(path).write_bytes(made)


def quote(text):
    """A text as typst writes one in code."""
    return json.dumps(text.encode("utf-8", "replace").decode(), ensure_ascii=False)


def convert(pypandoc, page, to, *more, **options):
    """What pandoc makes of a page."""
    page = page.encode("utf-8", "replace").decode().replace("\0", "\ufffd")
    # A class on a paragraph is lost to pandoc, one on a block is not.
    page = re.sub(r'<p class="([\w -]+)"([^>]*)>(.*?)</p>', r'<div class="\1"\2><p>\3</p></div>', page, flags=re.DOTALL)
    return pypandoc.convert_text(
        page, to, format="html-tex_math_dollars", extra_args=["--lua-filter", str(TEMPLATES / "print.lua"), *more], **options
    )


def write_docx(notebook, path, keywords=""):
    """Write an executed notebook as a Word document: real headings, tables and styles, figures as pictures with alt text."""
    pypandoc = need("pypandoc", "DOCX")
    with tempfile.TemporaryDirectory() as scratch:
        page = size_columns(draw_page(notebook, scratch, "png"))
        reference = Path(scratch, "reference.docx")
        reference.write_bytes(make_reference(pypandoc))
        made = Path(scratch, "report.docx")
        title = notebook.metadata.get("title", "Report")
        options = ["--reference-doc", str(reference), "--resource-path", scratch, "--metadata", "lang=en", "--metadata", f"pagetitle={title}"]
        with contextlib.chdir(scratch):
            convert(pypandoc, page, "docx", *options, outputfile=str(made))
        Path(path).write_bytes(finish_docx(made.read_bytes(), title, keywords))


def size_columns(page):
    """The page with columns of tables as wide as what stands in them: a word processor would give all the same."""

    def size(table):
        rows = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in re.findall(r"<tr>(.*?)</tr>", table[0], re.DOTALL)]
        widths = [min(max(len(re.sub("<[^>]*>", "", cell)) for cell in column), WIDEST_COLUMN) + 5 for column in zip(*rows, strict=False)]
        share = 100 / max(sum(widths), 2 * WIDEST_COLUMN)
        columns = "".join(f'<col style="width: {share * width:.0f}%">' for width in widths)
        return table[0].replace("<table>", f"<table><colgroup>{columns}</colgroup>", 1)

    return re.sub(r"<table>.*?</table>", size, page, flags=re.DOTALL)


def make_reference(pypandoc):
    """pandoc's own model document with the styles of the workbook."""
    import subprocess

    command = [pypandoc.get_pandoc_path(), "--print-default-data-file", "reference.docx"]
    default = subprocess.run(command, capture_output=True, check=True).stdout
    kinds = [("character", STYLES), ("paragraph", PARAGRAPHS)]
    made = "".join(
        f'<w:style w:type="{kind}" w:customStyle="1" w:styleId="{name.replace(" ", "")}"><w:name w:val="{name}"/><w:rPr>{look}</w:rPr></w:style>'
        for kind, styles in kinds
        for name, look in styles.items()
    )

    def style(xml):
        xml = re.sub(r'w:(?:ascii|hAnsi|eastAsia|cs)Theme="[^"]*"', "", xml)
        xml = re.sub(r"<w:rFonts\s*/>", '<w:rFonts w:ascii="Liberation Serif" w:hAnsi="Liberation Serif" w:cs="Liberation Serif"/>', xml)
        xml = xml.replace("</w:styles>", f"{made}</w:styles>")
        caption = re.search(r'<w:style [^>]*w:styleId="Caption">.*?</w:style>', xml, re.DOTALL)
        if caption:
            plain = re.sub(r"<w:rPr>.*?</w:rPr>", "", caption[0], flags=re.DOTALL).replace("</w:style>", f"<w:rPr>{NOTE}</w:rPr></w:style>")
            xml = xml.replace(caption[0], plain)
        table = re.search(r'<w:style w:type="table"[^>]*w:styleId="Table">.*?</w:style>', xml, re.DOTALL)
        if table:
            lined = f'{table[0].removesuffix("</w:style>")}<w:rPr><w:sz w:val="17"/></w:rPr></w:style>'
            lined = lined.replace("<w:tblPr>", f"<w:tblPr><w:tblBorders>{LINES}</w:tblBorders>", 1)
            xml = xml.replace(table[0], lined)
        return xml

    return rewrite(default, {"word/styles.xml": style})


def rewrite(content, changes):
    """An Office file with some of its parts rewritten."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            data = old.read(part)
            if part.filename in changes:
                data = changes[part.filename](data.decode("utf-8")).encode("utf-8")
            new.writestr(part, data)
    return made.getvalue()


def finish_docx(content, title, keywords):
    """The document with its title, what it says of itself, and dates that are always the same."""
    from html import escape

    def describe(xml):
        for name in ("dc:title", "cp:keywords"):
            xml = re.sub(rf"<{name}\s*/>|<{name}>.*?</{name}>", "", xml, flags=re.DOTALL)
        said = f"<dc:title>{escape(title)}</dc:title><cp:keywords>{escape(keywords)}</cp:keywords>"
        return xml.replace("</cp:coreProperties>", f"{said}</cp:coreProperties>")

    return fix_dates(rewrite(content, {"docProps/core.xml": describe}))
