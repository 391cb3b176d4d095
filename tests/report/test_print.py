"""PDF, Word document and slides: what is in the files, read back from their bytes."""

import re
import sys
import zipfile
import zlib
from xml.etree import ElementTree

import nbformat
import pytest

import analysis as wb
from analysis.errors import WorkbookError
from analysis.report.paper import draw_print_page
from analysis.report.slides import draw_slides
from analysis.report.typeset import write_docx, write_pdf

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def unpacked(path):
    """A PDF with its compressed streams opened."""
    content = path.read_bytes()
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL)
    opened = []
    for stream in streams:
        try:
            opened.append(zlib.decompress(stream))
        except zlib.error:
            continue
    return content + b"\n".join(opened)


def document(path):
    with zipfile.ZipFile(path) as archive:
        return ElementTree.fromstring(archive.read("word/document.xml"))


def words(element):
    return "".join(node.text or "" for node in element.iter(f"{WORD}t"))


def test_the_pdf_has_pages_tags_a_title_and_fonts_inside(reports):
    content = unpacked(reports.pdf)
    assert content.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type\s*/Page\b", content)) > 5
    assert b"/StructTreeRoot" in content and b"/Lang" in content and b"/Alt" in content
    assert b"Report: 000_ff539187bb1851f8.txt" in content
    assert (
        len(re.findall(rb"/Type\s*/FontDescriptor\b", content))
        == len(re.findall(rb"/FontFile[23]?\b", content))
        > 3
    )
    # Charts are drawn, not photographed.
    assert re.findall(rb"/Subtype\s*/Image", content) == []


def test_the_word_document_has_headings_tables_pictures_and_marked_words(reports):
    body = document(reports.docx)
    styles = [style.get(f"{WORD}val") for style in body.iter(f"{WORD}pStyle")]
    assert styles.count("Heading2") >= 10
    assert len(list(body.iter(f"{WORD}tbl"))) > 4
    marked = {style.get(f"{WORD}val") for style in body.iter(f"{WORD}rStyle")}
    assert {"State", "Person", "Speaker"} <= marked
    text = words(body)
    assert "Iran has imposed sanctions" in text and "Zeldes, A. 2017" in text
    pictures = [node.get("descr") for node in body.iter() if node.tag.endswith("}docPr")]
    assert len(pictures) == 14 and all(pictures)


def test_what_a_word_document_says_of_itself_may_be_long(tmp_path):
    told = notebook()
    told.metadata["title"] = "é <&> \x0b" + 300 * "a"
    write_docx(told, tmp_path / "a.docx", 400 * "k")
    with zipfile.ZipFile(tmp_path / "a.docx") as archive:
        said = ElementTree.fromstring(archive.read("docProps/core.xml"))
    texts = {element.tag.partition("}")[2]: element.text for element in said}
    assert texts["title"] == "é <&> \ufffd" + 300 * "a"
    assert texts["keywords"] == 400 * "k"
    assert texts["created"] == texts["modified"] == "1980-01-01T00:00:00Z"


def test_the_styles_of_a_word_document_are_the_workbooks(reports):
    with zipfile.ZipFile(reports.docx) as archive:
        styles = ElementTree.fromstring(archive.read("word/styles.xml"))
    looks = {
        style.get(f"{WORD}styleId"): style.find(f"{WORD}rPr")
        for style in styles.iter(f"{WORD}style")
    }
    assert looks["Person"].find(f"{WORD}shd").get(f"{WORD}fill") == "FBE7BF"
    assert looks["Leftout"].find(f"{WORD}strike") is not None
    assert looks["Note"].find(f"{WORD}sz").get(f"{WORD}val") == "17"
    assert looks["Table"].find(f"{WORD}sz").get(f"{WORD}val") == "17"
    assert len(list(styles.iter(f"{WORD}tblBorders"))) == 1


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_what_is_hostile_in_an_article_is_text_on_paper(hostile, kind):
    if kind == "pdf":
        assert (
            len(re.findall(rb"/Type\s*/Page\b", unpacked(hostile.pdf))) > 3
        )  # "#set page(width: 1cm)" would make hundreds
        assert b"javascript:" not in unpacked(hostile.pdf)
        return
    text = words(document(hostile.docx))
    for said in (
        '<script>alert("one")</script>',
        "#set page(width: 1cm)",
        "$x^2$ {{ 7*7 }}",
        "=cmd|' /C calc'!A0",
        "中文报道说伊朗",
    ):
        assert said in text
    with zipfile.ZipFile(hostile.docx) as archive:
        assert b"javascript:" not in archive.read("word/_rels/document.xml.rels")


def notebook(*outputs):
    cells = [
        nbformat.v4.new_markdown_cell(
            "# A title\n\n<script>alert(1)</script> and $x$ and [bad](javascript:alert(1)) and "
            "[good](https://a.example)"
        )
    ]
    cells += [
        nbformat.v4.new_code_cell(
            "secret = 1", outputs=[nbformat.v4.new_output("execute_result", output)]
        )
        for output in outputs
    ]
    return nbformat.v4.new_notebook(cells=cells, metadata={"title": 'A "title" \\ #x'})


def test_a_still_page_has_no_scripts_no_code_and_links_only_where_they_lead(tmp_path):
    html = (
        '<p id="s-a-1">One</p><a href="#s-a-1">there</a> '
        '<a href="#s-a-2">not there</a><script>alert(1)</script><style>p{}</style>'
    )
    page = draw_print_page(notebook({"text/html": html}, {"text/plain": "a < b"}), tmp_path, "png")
    assert "<script" not in page and "<style" not in page and "secret" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page and "<pre>a &lt; b</pre>" in page
    assert re.findall(r'href="([^"]+)"', page) == ["https://a.example", "#s-a-1"]
    assert "not there" in page


def test_a_figure_is_a_file_with_its_finding_as_alt_text(tmp_path):
    actors = wb.schema.table([("Anna <Berg>", "person", 2, 1.0, 9.0)], "actors")
    shown = wb.draw_actors(actors)._repr_mimebundle_()
    page = draw_print_page(
        notebook(shown[0] if isinstance(shown, tuple) else shown), tmp_path, "pdf"
    )
    assert (tmp_path / "01.pdf").read_bytes().startswith(b"%PDF")
    assert re.search(
        (
            r'<img src="01.pdf" alt="Anna &lt;Berg&gt; is mentioned most often: '
            r'2 of 2 mentions\. 1 actor"'
        ),
        page,
    )


MISSING = [(write_pdf, "typst"), (write_docx, "pypandoc"), (write_docx, "docx")]


@pytest.mark.parametrize("write, package", MISSING)
def test_a_missing_package_is_said_with_the_mend(write, package, monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(
        WorkbookError,
        match=rf'needs the package {package}: pip install "media-analysis-workbook\[print\]"',
    ):
        write(notebook(), tmp_path / "a")


def test_slides_without_reveal_are_said_with_the_mend(monkeypatch):
    monkeypatch.setattr("analysis.report.slides.find_spec", lambda name: None)
    with pytest.raises(
        WorkbookError,
        match=r'need the package pyreveal: pip install "media-analysis-workbook\[slides\]"',
    ):
        draw_slides(notebook())


def test_without_marks_for_slides_each_question_begins_one():
    plain = notebook({"text/plain": "one"}, {"text/plain": "two"})
    assert draw_slides(plain).count('<div class="leaf"') == 3
    assert all("slideshow" not in cell.metadata for cell in plain.cells)
