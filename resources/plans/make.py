#!/usr/bin/python3
"""Writes the sample plans (DOCX, one PDF) from source/*.md, the parser's fixtures and their labels.

Needs python3-docx and LibreOffice (both in Debian). Run: /usr/bin/python3 resources/plans/make.py
Marks in the source, taken out of the documents and written to the labels: {unit …} {contact unit|number} {tier tier|grade|approver}
{a tier|role|minutes|index of the action that comes first} before a paragraph; <!-- table kind column=… --> before a table.
"""
import json, os, re, shutil, subprocess, sys, tempfile
from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

here = os.path.dirname(os.path.abspath(__file__))
fixtures = os.path.join(here, '../../native/features/plans/parse/fixtures')
NUMBER = re.compile(r'^(?:第[一二三四五六七八九十]+[章节]|附件[\d１-９]+[：:]?|[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|[\d１-９]+(?:[.．][\d１-９]+)*[.．]?(?=[ 　]))')


def read(name):
    head, body = open(os.path.join(here, 'source', name + '.md'), encoding='utf-8').read().split('---\n', 2)[1:]
    return dict(line.split(': ', 1) for line in head.strip().split('\n')), body.strip().split('\n')


def spread(cell, text, bold=False, size=12):
    cell.text = ''
    run = cell.paragraphs[0].add_run(text)
    run.bold = bold
    face(run, '仿宋_GB2312', size)


def face(run, name, size):
    run.font.name = name
    run.font.size = Pt(size)
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn('w:eastAsia'), name)


def numbering(document):
    """A list whose numbers stand only in the numbering part: 第一章 / 第一节."""
    part = document.part.numbering_part.element
    level = lambda i, text: f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:suff w:val="space"/><w:lvlText w:val="{text}"/></w:lvl>'
    abstract = parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77"><w:multiLevelType w:val="multilevel"/>{level(0, "第%1章")}{level(1, "第%2节")}</w:abstractNum>')
    part.insert(0, abstract)
    part.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))


def number_paragraph(paragraph, level):
    properties = paragraph._p.get_or_add_pPr()
    element = OxmlElement('w:numPr')
    for tag, value in (('w:ilvl', level), ('w:numId', 77)):
        child = OxmlElement(tag)
        child.set(qn('w:val'), str(value))
        element.append(child)
    properties.append(element)


def contents(document, headings):
    if 'toc 1' not in [style.name for style in document.styles]:
        document.styles.add_style('toc 1', WD_STYLE_TYPE.PARAGRAPH)
    line = document.add_paragraph()
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    line.add_run('目　录').bold = True
    for page, heading in enumerate(headings, 2):
        document.add_paragraph(f'{heading}\t{page}', style='toc 1')
    document.add_page_break()


def merge_equal(table, rows, columns):
    for row in rows:
        for column in range(1, len(table.columns)):
            if table.cell(row, column).text == table.cell(row, column - 1).text != '' and table.cell(row, column)._tc is not table.cell(row, column - 1)._tc and row < 1:
                keep = table.cell(row, column).text
                spread(table.cell(row, column - 1).merge(table.cell(row, column)), keep, True, 10.5)
    for column in columns:
        start = 0
        for row in range(1, len(table.rows) + 1):
            if row < len(table.rows) and table.cell(row, column).text == table.cell(start, column).text:
                continue
            if row - start > 1:
                keep = table.cell(start, column).text
                spread(table.cell(start, column).merge(table.cell(row - 1, column)), keep, False, 10.5)
            start = row


def build(name):
    meta, lines = read(name)
    labels = {'title': meta['title'], 'issuer': meta['issuer'], 'headings': [], 'actions': [], 'contacts': [], 'units': [], 'tiers': []}
    document = Document()
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.top_margin, page.bottom_margin, page.left_margin, page.right_margin = Mm(37), Mm(35), Mm(28), Mm(26)
    normal = document.styles['Normal']
    normal.font.name, normal.font.size = '仿宋_GB2312', Pt(16)
    normal.element.rPr.rFonts.set(qn('w:eastAsia'), '仿宋_GB2312')
    if meta['numbering'] == 'auto':
        numbering(document)
    for text, size, bold in ((meta['issuer'], 16, False), (meta['title'], 22, True), ('（样例）', 16, False)):
        line = document.add_paragraph()
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = line.add_run(text)
        run.bold = bold
        face(run, '方正小标宋简体' if bold else '仿宋_GB2312', size)
    if meta['look'] == 'styled':
        contents(document, [line[2:] for line in lines if line.startswith('# ')])
    rows, header, table_mark = [], 0, None

    def flush():
        nonlocal rows, header, table_mark
        if rows:
            write_table(document, rows, header, table_mark, labels)
        rows, header, table_mark = [], 0, None

    for line in lines:
        if line.startswith('|'):
            cells = [cell.strip() for cell in line.strip('|').split('|')]
            if set(''.join(cells)) <= {'-'} and len(cells) > 1 and ''.join(cells):
                header = len(rows)
            else:
                rows.append(cells)
            continue
        flush()
        if line.startswith('<!--'):
            table_mark = line
        elif line.startswith('#'):
            depth = len(line) - len(line.lstrip('#'))
            heading(document, meta, line[depth + 1:], depth, labels)
        elif line.strip():
            paragraph(document, line, labels)
    flush()
    return document, labels, meta


def heading(document, meta, text, depth, labels):
    found = NUMBER.match(text)
    number, title = (found.group(0), text[found.end():].strip(' 　')) if found else ('', text)
    labels['headings'].append({'number': number.rstrip('：:'), 'title': title or number, 'depth': depth})
    if meta['look'] == 'bold':
        line = document.add_paragraph()
        run = line.add_run(text)
        run.bold = True
        face(run, '黑体', 16)
    elif meta['numbering'] == 'auto' and not text.startswith('附件'):
        number_paragraph(document.add_heading(title, depth), depth - 1)
    else:
        document.add_heading(text, depth)


def paragraph(document, line, labels):
    mark = re.match(r'^\{(\w+) ([^}]*)\}', line)
    text = line[mark.end():] if mark else line
    if mark:
        values = mark.group(2).split('|')
        if mark.group(1) == 'unit':
            labels['units'].append(values[0])
        if mark.group(1) == 'contact':
            labels['contacts'].append({'unit': values[0], 'telephone': values[1]})
        if mark.group(1) == 'tier':
            labels['tiers'].append({'tier': values[0], 'grade': values[1], 'approver': values[2]})
        if mark.group(1) == 'a':
            after = [int(values[3])] if len(values) > 3 and values[3] else []
            labels['actions'].append({'tier': values[0], 'role': values[1], 'minutes': int(values[2]) if values[2] else None, 'after': after, 'words': text[-12:].rstrip('。')})
    if text:
        line = document.add_paragraph(text)
        line.paragraph_format.first_line_indent = Pt(32)


def write_table(document, rows, header, mark, labels):
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    table.style = 'Table Grid'
    for r, cells in enumerate(rows):
        for c, text in enumerate(cells):
            spread(table.cell(r, c), text, r < header, 10.5)
    if mark:
        label_table(rows[header:], dict(part.split('=') for part in mark.strip('<!->  ').split() if '=' in part), mark.split()[2], labels)
    if mark and ('merged' in mark or 'twoheader' in mark):
        merge_equal(table, range(header), [0])
        for c in range(1, len(rows[0])):
            if rows[0][c] == rows[1][c]:
                spread(table.cell(0, c).merge(table.cell(1, c)), rows[0][c], True, 10.5)
    document.add_paragraph()


def minutes(text):
    found = re.search(r'(\d+)(分钟|小时|天)内', text)
    return int(found.group(1)) * {'分钟': 1, '小时': 60, '天': 1440}[found.group(2)] if found and '每' not in text else None


def label_table(rows, at, kind, labels):
    tiers = {'一': 'tier-1', '二': 'tier-2', '三': 'tier-3', '四': 'tier-4', 'Ⅰ': 'tier-1', 'Ⅱ': 'tier-2', 'Ⅲ': 'tier-3', 'Ⅳ': 'tier-4'}
    grades = {'特别重大': 'particularly-major', '重大': 'major', '较大': 'larger', '一般': 'general'}
    starts = {}
    for row in rows:
        cell = lambda key: row[int(at[key])]
        if kind == 'units':
            labels['units'].append(cell('unit'))
        elif kind == 'contacts':
            for column in at['tel'].split(','):
                if any(character.isdigit() for character in row[int(column)]) or row[int(column)] == '待核实':
                    if row[int(column)] != '待核实':
                        labels['contacts'].append({'unit': cell('unit'), 'telephone': row[int(column)]})
        elif kind == 'tiers':
            labels['tiers'].append({'tier': tiers[cell('tier')[0]], 'grade': next(grades[word] for word in grades if word in cell('grade')), 'approver': cell('approver')})
        elif kind == 'actions':
            tier = at.get('tier') or tiers[row[int(at['tiercol'])][0]]
            starts.setdefault(tier, 0)
            after = [int(number) - 1 for number in re.findall(r'\d+', cell('after'))]
            labels['actions'].append({'tier': tier, 'role': cell('role'), 'minutes': minutes(cell('deadline')), 'after': after, 'words': cell('action')[-12:]})


def office(source, target_kind, out):
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(['soffice', f'-env:UserInstallation=file://{profile}', '--headless', '--convert-to', target_kind, '--outdir', out, source], check=True, stdout=subprocess.DEVNULL)


def main():
    os.makedirs(fixtures, exist_ok=True)
    for name in sys.argv[1:] or ['hazchem', 'earthquake', 'flood', 'forest-fire', 'tailings']:
        document, labels, meta = build(name)
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, name + '.docx')
            document.core_properties.author = '样例'
            document.save(path)
            if meta.get('format') == 'pdf':
                office(path, 'pdf', here)
            else:
                shutil.copy(path, here)
                if name in ('earthquake', 'flood', 'forest-fire'):
                    out = os.path.join(folder, 'office')
                    office(path, 'docx:MS Word 2007 XML', out)
                    shutil.copy(os.path.join(out, name + '.docx'), os.path.join(fixtures, name + '.libreoffice.docx'))
            if name == 'earthquake':
                office(path, 'pdf', fixtures)
        with open(os.path.join(fixtures, name + '.labels.json'), 'w', encoding='utf-8') as file:
            json.dump(labels, file, ensure_ascii=False, indent=1)


main()
