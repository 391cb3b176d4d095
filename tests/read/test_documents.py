"""Word files, RTF, mails and PDF: the words of the article in order, and nothing around it."""

import re
import time
import zipfile
from email.message import EmailMessage

import pytest
import typst
from docx import Document
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from pypdf import PdfWriter

import analysis as wb
from analysis.errors import ArticleError
from analysis.read import documents, pdf

RAIN = "It rained in Linden on Monday, the council said."
HALL = "“We cannot heat a building with broken windows,” said Mayor Ruth Adler – and voted."
LOCKED = "the file is locked. Open it with its password, print it into a new PDF, and read that."


def record(path):
    """Title, date and text of the one article in a file."""
    row = wb.read_articles(path, language=None).iloc[0]
    return [None if value != value else value for value in (row["title"], row["text"])]


def save(document, path, title=None):
    """A Word file, without the title that python-docx gives it."""
    document.core_properties.title = title or ""
    document.save(path)
    return path


def test_a_word_file_is_its_paragraphs_and_cells_in_order(tmp_path):
    document = Document()
    document.sections[0].header.paragraphs[0].text = "A running head"
    document.add_heading("Council shuts hall", 1)
    document.add_paragraph(RAIN)
    cells = document.add_table(1, 2).rows[0].cells
    cells[0].text, cells[1].text = "Votes", "Nine"
    document.add_paragraph("One line\nand another\tone")
    document.add_paragraph("   ")
    document.add_paragraph(HALL)
    assert record(save(document, tmp_path / "a.docx")) == [
        "Council shuts hall",
        f"Council shuts hall\n\n{RAIN}\n\nVotes\n\nNine\n\nOne line\nand another\tone\n\n{HALL}",
    ]


TITLES = {"Rain in Linden": "Rain in Linden", "Microsoft Word - Draft 2": "Below", "": "Below"}


@pytest.mark.parametrize("stated, title", TITLES.items(), ids=TITLES.values())
def test_the_title_of_a_word_file_is_its_property_unless_a_program_gave_it(tmp_path, stated, title):
    document = Document()
    document.add_paragraph(RAIN)
    document.add_paragraph("Below", style="Title")
    assert record(save(document, tmp_path / "a.docx", stated))[0] == title


def test_a_word_file_without_headings_has_no_title(tmp_path):
    document = Document()
    document.add_paragraph(RAIN)
    assert record(save(document, tmp_path / "a.docx")) == [None, RAIN]


CHANGED = """<w:p {w}>
<w:r><w:t xml:space="preserve">The council </w:t></w:r>
<w:del w:id="1" w:author="A"><w:r><w:delText>never </w:delText></w:r></w:del>
<w:ins w:id="2" w:author="A"><w:r><w:t xml:space="preserve">at last </w:t></w:r></w:ins>
<w:moveFrom w:id="3" w:author="A"><w:r><w:t>elsewhere </w:t></w:r></w:moveFrom>
<w:r><w:rPr><w:vanish/></w:rPr><w:t>secretly </w:t></w:r>
<w:r><w:t>voted</w:t><w:footnoteReference w:id="2"/><w:t>.</w:t></w:r>
<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">
<mc:Choice Requires="wps"><w:txbxContent><w:p><w:r><w:t>A box.</w:t></w:r></w:p></w:txbxContent>
</mc:Choice><mc:Fallback><w:txbxContent><w:p><w:r><w:t>A box.</w:t></w:r></w:p></w:txbxContent>
</mc:Fallback></mc:AlternateContent></w:r></w:p>"""


def test_a_word_file_reads_as_with_all_changes_made_and_without_footnotes(tmp_path):
    document = Document()
    document.element.body.insert(0, parse_xml(CHANGED.format(w=nsdecls("w"))))
    note = f"<w:footnotes {nsdecls('w')}><w:p><w:r><w:t>A note.</w:t></w:r></w:p></w:footnotes>"
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    part = Part(PackURI("/word/footnotes.xml"), kind, note.encode(), document.part.package)
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    document.part.relate_to(part, relation)
    text = record(save(document, tmp_path / "a.docx"))[1]
    assert text == "The council at last voted.\n\nA box."


def test_what_is_no_word_file_is_said_with_the_mend(tmp_path):
    path = tmp_path / "a.docx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    with pytest.raises(ArticleError, match="locked with a password, or an old .doc .* save it as"):
        wb.read_articles(path)
    for content in (b"", b"It rained."):
        path.write_bytes(content)
        with pytest.raises(
            ArticleError, match="not a Word file, or a damaged one. Open it in Word"
        ):
            wb.read_articles(path)
    save(Document(), path)
    with pytest.raises(ArticleError, match="the text is empty"):
        wb.read_articles(path)


@pytest.mark.parametrize("part", ["word/document.xml", "word/media/image1.png"])
def test_a_word_file_that_unpacks_without_limit_is_refused(tmp_path, part, monkeypatch):
    path = save(Document(), tmp_path / "a.docx")
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr(part.replace("document", "more"), bytes(3_000_000))
    monkeypatch.setattr(documents, "LARGEST_MARKUP", 1)
    monkeypatch.setattr(documents, "LARGEST_UNPACKED", 2)
    with pytest.raises(ArticleError, match="unpacks to more than 1 MB of text, or 2 MB in all"):
        wb.read_articles(path)


RTF = r"""{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset238 B;}}
{\info{\title Not in the text}}{\header Running head\par}
{\pict\pngblip 89504e470d0a1a0a}\pard It rained in \'84Linden\'93, \f1 Luk\'e1\'9a\f0  said.\par
\u8220 ?Yes,\u8221 ? he said\~of {\field{\*\fldinst{HYPERLINK "http://a.b"}}{\fldrslt{the hall}}}
{\footnote A note.} \u-10179 ?\u-9048 ?.\par
\trowd Votes\cell Nine\cell\row A swim\-ming hall {\*\unknown gone}| here.\line A new line.\par}"""


def test_rtf_is_its_paragraphs_and_cells(tmp_path):
    (tmp_path / "a.rtf").write_text(RTF)
    assert record(tmp_path / "a.rtf")[1].split("\n\n") == [
        "It rained in „Linden“, Lukáš said.",
        "“Yes,” he said\xa0of the hall 💨.",
        "Votes",
        "Nine",
        "A swimming hall | here.",
        "A new line.",
    ]


def test_what_is_no_rtf_or_too_large_is_refused(tmp_path, monkeypatch):
    path = tmp_path / "a.rtf"
    for content in (b"", RAIN.encode(), b"PK\x03\x04"):
        path.write_bytes(content)
        with pytest.raises(ArticleError, match="not an RTF file, or a damaged one"):
            wb.read_articles(path)
    monkeypatch.setattr(documents, "LARGEST_RTF", 0.001)
    path.write_text(r"{\rtf1 {\pict " + "89504e47\n" * 9_000 + "}" + RAIN + r"\par}")
    assert record(path)[1] == RAIN
    path.write_text(r"{\rtf1 " + RAIN * 30 + r"\par}")
    with pytest.raises(ArticleError, match="larger than 0.001 MB without its pictures"):
        wb.read_articles(path)


STRANGE = {
    "a font table": r"{\rtf1{\fonttbl" + r"\f1\fcharset0 " * 20_000 + "}It rained.}",
    "links": r"{\rtf1 " + r"{\field{\*\fldinst{" * 20_000 + "HYPERLINK",
    "braces": r"{\rtf1 " + "{" * 200_000 + "It rained.",
}


@pytest.mark.parametrize("content", STRANGE.values(), ids=STRANGE)
def test_no_rtf_is_read_for_ever(tmp_path, content):
    (tmp_path / "a.rtf").write_text(content)
    started = time.monotonic()
    list(documents.read_rtf(tmp_path / "a.rtf"))
    assert time.monotonic() - started < 10


def mail(**headers):
    """A mail with the headers that it has in a test."""
    message = EmailMessage()
    for name, value in headers.items():
        message[name] = value
    return message


SENT = {
    "Subject": "Rain in Lindén – again",
    "From": "Anna Schröder <anna@post.example>",
    "To": "desk@post.example",
    "Date": "Mon, 11 Jan 2010 23:30:00 +0100",
}
PAGE = f"<html><head><title>Rain</title></head><body><article><p>{RAIN}</p>" + (
    "<p>The hall has been closed since the spring, and nobody knows when it opens.</p>" * 4
    + "</article></body></html>"
)


def test_a_mail_is_its_plain_text_with_subject_sender_and_day(tmp_path):
    message = mail(**SENT)
    message.set_content(f"{RAIN}\n\n{HALL}\n")
    message.add_alternative(PAGE, subtype="html")
    message.add_attachment("Another text.", filename="a.txt")
    (tmp_path / "a.eml").write_bytes(message.as_bytes())
    assert list(documents.read_eml(tmp_path / "a.eml")) == [
        {
            "title": "Rain in Lindén – again",
            "author": "Anna Schröder",
            "published": "2010-01-11",
            "text": f"{RAIN}\n\n{HALL}\n",
        }
    ]


def test_a_mail_without_plain_text_is_its_page(tmp_path):
    message = mail(Subject="Rain", From="post@post.example")
    message.set_content(PAGE, subtype="html")
    (tmp_path / "a.eml").write_bytes(message.as_bytes())
    (found,) = documents.read_eml(tmp_path / "a.eml")
    assert found["text"].startswith(f"{RAIN}\n\nThe hall has been closed")
    assert (found["title"], found["author"]) == ("Rain", "post@post.example")


LETTERS = {
    "iso-8859-1": "caf\xe9 \x93yes\x94".encode("latin-1"),
    "utf-8": "café “yes”".encode(),
    "x-unknown": "café “yes”".encode(),
    "us-ascii": "café “yes”".encode("cp1252"),
}


@pytest.mark.parametrize("charset, raw", LETTERS.items(), ids=LETTERS)
def test_the_letters_of_a_mail_are_in_what_it_states_or_in_what_fits(tmp_path, charset, raw):
    head = f"Subject: Rain\nDate: once\nContent-Type: text/plain; charset={charset}\n\n"
    (tmp_path / "a.eml").write_bytes(head.encode() + b"It rained on the " + raw)
    (found,) = documents.read_eml(tmp_path / "a.eml")
    assert found["text"] == "It rained on the café “yes”"
    assert (found["author"], found["published"]) == (None, None)


def test_a_mail_without_text_and_one_without_end_are_refused(tmp_path, monkeypatch):
    path, message = tmp_path / "a.eml", mail(**SENT)
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="a.pdf")
    path.write_bytes(message.as_bytes())
    with pytest.raises(ArticleError, match="the mail holds no text. Save what is attached"):
        wb.read_articles(path)
    level = 'Content-Type: multipart/mixed; boundary="{0}"\n\n--{0}\n'
    path.write_text("".join(map(level.format, range(60))))
    with pytest.raises(ArticleError, match="50 parts that have parts themselves"):
        wb.read_articles(path)


def test_a_web_page_in_one_file_is_read_as_a_page(tmp_path):
    message = mail(**{"Snapshot-Content-Location": "https://post.example/rain"})
    message.make_related()
    message.add_related(PAGE, subtype="html")
    message.add_related(b"GIF89a", maintype="image", subtype="gif", cid="<a>")
    for name in ("a.mhtml", "a.mht"):
        (tmp_path / name).write_bytes(message.as_bytes())
        row = wb.read_articles(tmp_path / name).iloc[0]
        assert row["text"].startswith(f"{RAIN}\n\nThe hall has been closed")
        assert row[["title", "url"]].tolist() == ["Rain", "https://post.example/rain"]
    (tmp_path / "a.mhtml").write_text("From: somebody\n\nNo page.")
    with pytest.raises(ArticleError, match="no web page in this file"):
        wb.read_articles(tmp_path / "a.mhtml")


STORY = [
    "The council voted on Monday to close the old swimming hall after months of dispute, and the "
    "mayor said the cost had doubled since the spring. Residents of the eastern district, who have "
    "used the hall for seventy years, announced an extraordinary demonstration.",
    "“We cannot heat a building with broken windows,” said Mayor Ruth Adler, who voted for the "
    "plan together with nine others. The opposition described the decision as irresponsible, and "
    "demanded an independent investigation of the municipal administration.",
    "Paul Renner, a well-known lawyer, told the Linden Post that an administrative complaint was "
    "being prepared. “It is an incomprehensible decision,” he said. “Nobody has calculated the "
    "environmental consequences of it, and well-known experts have warned of them.”",
    "According to the administration, refurbishing the installation would require approximately "
    "twelve million euros. The neighbouring municipalities have refused any contribution, although "
    "their inhabitants account for nearly half of all registrations, in 2008–2009 for more.",
]
SHEET = """#set page(width: {width}cm, height: {height}cm, columns: {columns}, margin: 1.5cm,
  header: [Linden Post #h(1fr) 11 January 2010], footer: context [#h(1fr) #counter(page).display()])
#set text(size: 9pt, lang: "en", hyphenate: true)
#set par(justify: true{indent})
#text(size: 16pt, weight: "bold")[Council shuts the hall]

{body}"""
INDENT = ", first-line-indent: 1em, spacing: 0.65em"
SHEETS = {
    "one column, apart": (12, 9, 1, ""),
    "one column, indented": (12, 9, 1, INDENT),
    "two columns, apart": (16, 8, 2, ""),
    "two columns, indented": (16, 8, 2, INDENT),
    "three columns, indented": (20, 6, 3, INDENT),
}


def typeset(path, width=12, height=9, columns=1, indent=""):
    """A PDF of a newspaper, typeset with hyphens, running heads and page numbers."""
    body = "\n\n".join(STORY)
    sheet = SHEET.format(width=width, height=height, columns=columns, indent=indent, body=body)
    typst.compile(sheet.encode(), output=str(path))
    return path


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=SHEETS)
def test_a_pdf_reads_in_its_paragraphs_column_by_column(tmp_path, sheet):
    path = typeset(tmp_path / "a.pdf", *sheet)
    title, text = record(path)
    assert title == "Council shuts the hall"
    assert text.split("\n\n") == [title, *STORY]


def test_a_page_without_text_in_a_pdf_is_said(tmp_path):
    writer = PdfWriter(clone_from=typeset(tmp_path / "a.pdf"))
    writer.add_blank_page()
    writer.add_metadata({"/Title": "Rain in Linden"})
    writer.write(tmp_path / "b.pdf")
    pages = len(writer.pages)
    with pytest.warns(UserWarning, match=rf"b.pdf: no text on page {pages}. If there are pictures"):
        title, text = record(tmp_path / "b.pdf")
    assert title == "Rain in Linden"
    assert text.split("\n\n")[1:] == STORY


@pytest.mark.parametrize("named", ["Microsoft Word - hall.doc", "hall_final.indd", " "])
def test_the_name_of_a_file_is_no_title_of_a_pdf(tmp_path, named):
    writer = PdfWriter(clone_from=typeset(tmp_path / "a.pdf"))
    writer.add_metadata({"/Title": named})
    writer.write(tmp_path / "b.pdf")
    assert record(tmp_path / "b.pdf")[0] == "Council shuts the hall"


def test_a_scan_is_refused_with_the_mend(tmp_path):
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.write(tmp_path / "a.pdf")
    said = "a scan: it holds pictures of pages, no text. Run text recognition .OCR. on it"
    with pytest.raises(ArticleError, match=said):
        wb.read_articles(tmp_path / "a.pdf")


def test_a_locked_pdf_is_refused_and_one_that_anybody_may_open_is_read(tmp_path):
    writer = PdfWriter(clone_from=typeset(tmp_path / "a.pdf"))
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(tmp_path / "b.pdf")
    with pytest.raises(ArticleError, match=re.escape(LOCKED)):
        wb.read_articles(tmp_path / "b.pdf")
    writer = PdfWriter(clone_from=tmp_path / "a.pdf")
    writer.encrypt("", "secret", algorithm="RC4-128")
    writer.write(tmp_path / "b.pdf")
    assert record(tmp_path / "b.pdf")[1].split("\n\n")[1:] == STORY


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"%PDF-1.7\ntrailer <</Root 1 0 R>>"])
def test_what_is_no_pdf_is_a_row_with_its_reason(tmp_path, content):
    (tmp_path / "a.pdf").write_bytes(content)
    with pytest.raises(ArticleError, match="could not be read .* save it again"):
        wb.read_articles(tmp_path / "a.pdf")


def test_a_pdf_that_takes_too_long_is_given_up(tmp_path, monkeypatch):
    path = typeset(tmp_path / "a.pdf")
    monkeypatch.setattr(pdf, "LONGEST_READING", -1)
    with pytest.raises(ArticleError, match="takes more than -1 seconds. Print the pages with the"):
        wb.read_articles(path)


def test_a_page_that_swallows_the_end_of_time_is_given_up():
    class Page:
        def extract_text(self, visitor_operand_before, visitor_text):
            time.sleep(0.02)
            with pytest.raises(ArticleError):
                visitor_operand_before()

    with pytest.raises(ArticleError, match="takes more than 60 seconds"):
        pdf.read_lines(Page(), time.monotonic() + 0.01)


def lines(*texts, size=9.0, x=50.0, top=500.0, step=12.0):
    """Lines below one another."""
    return [pdf.Line(text, x, top - n * step, size) for n, text in enumerate(texts)]


def test_running_heads_may_differ_on_left_and_right_pages():
    pages = [
        lines(f"{head} {n}", "A line.", f"Text {word}.", "Words.", f"– {n} –")
        for n, (head, word) in enumerate(zip(["Post", "Local"] * 3, "abcdef", strict=True), 1)
    ]
    kept = [[line.text for line in page] for page in pdf.drop_margins(pages)]
    assert kept == [["Text a."], ["Text b."], ["Text c."], ["Text d."], ["Text e."], ["Text f."]]


def test_on_one_page_only_its_number_is_no_text():
    page = lines("Linden Post", "It rained.", "In 2010", "Page 3 of 4")
    assert [line.text for line in pdf.drop_margins([page])[0]] == [
        "Linden Post",
        "It rained.",
        "In 2010",
    ]


HYPHENS = {
    ("the swim-", "ming hall"): "the swimming hall",
    ("the well-", "known lawyer"): "the well-known lawyer",
    ("in Austria-", "Hungary"): "in Austria-Hungary",
    ("in 2009-", "2010 too"): "in 2009-2010 too",
    ("in 2009–", "2010 too"): "in 2009–2010 too",
    ("he said –", "and left"): "he said – and left",
    ("he said -", "and left"): "he said - and left",
}


@pytest.mark.parametrize("pair, joined", HYPHENS.items(), ids=HYPHENS.values())
def test_a_hyphen_goes_where_it_only_parts_a_word_between_two_lines(pair, joined):
    assert pdf.end_line(*pair, {"well-known"}) + pair[1] == joined
