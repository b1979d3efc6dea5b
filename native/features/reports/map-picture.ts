// The map picture inside a DOCX: the drawing that stands where the template says {@地图}, its part and its relation.
import type PizZip from 'pizzip'
import { WanglouError } from '../../contract/index.ts'

const relation = 'wanglouMap'
const emuPerMm = 36_000
/** 版心: at most 156 mm across and 150 mm high, so that words go with it on one page. */
const widestMm = 156
const highestMm = 150

/** @throws WanglouError FILE_WRONG_TYPE when it is no PNG */
export function pngSize(bytes: Uint8Array): { widthPx: number; heightPx: number } {
  const isPng = bytes.length > 24 && [0x89, 0x50, 0x4e, 0x47].every((byte, at) => bytes[at] === byte)
  if (!isPng) throw new WanglouError('FILE_WRONG_TYPE', { expected: 'PNG', found: 'unknown' })
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return { widthPx: view.getUint32(16), heightPx: view.getUint32(20) }
}

/** A paragraph of its own, centred, with the picture in its own proportions. */
export function pictureParagraph(bytes: Uint8Array): string {
  const { widthPx, heightPx } = pngSize(bytes)
  const scale = Math.min(widestMm / widthPx, highestMm / heightPx)
  const [cx, cy] = [Math.round(widthPx * scale * emuPerMm), Math.round(heightPx * scale * emuPerMm)]
  const main = 'http://schemas.openxmlformats.org/drawingml/2006/main'
  const picture = 'http://schemas.openxmlformats.org/drawingml/2006/picture'
  return `<w:p><w:pPr><w:spacing w:before="120" w:after="120" w:line="240" w:lineRule="auto"/><w:jc w:val="center"/></w:pPr><w:r><w:drawing>
<wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0">
<wp:extent cx="${cx}" cy="${cy}"/><wp:docPr id="9001" name="示意图" descr="示意图"/>
<a:graphic xmlns:a="${main}"><a:graphicData uri="${picture}"><pic:pic xmlns:pic="${picture}">
<pic:nvPicPr><pic:cNvPr id="9001" name="map.png"/><pic:cNvPicPr/></pic:nvPicPr>
<pic:blipFill><a:blip xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:embed="${relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>
<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="${cx}" cy="${cy}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>
</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>`.replaceAll('\n', '')
}

/** Adds the bytes, their type and their relation; a template that does not show the map merely carries it. */
export function addPicture(zip: PizZip, bytes: Uint8Array): void {
  zip.file('word/media/wanglou-map.png', bytes)
  change(zip, '[Content_Types].xml', (xml) =>
    /Extension="png"/iu.test(xml) ? xml : xml.replace(/(<Types[^>]*>)/u, '$1<Default Extension="png" ContentType="image/png"/>'),
  )
  const relations = 'word/_rels/document.xml.rels'
  const kind = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/image'
  const added = `<Relationship Id="${relation}" Type="${kind}" Target="media/wanglou-map.png"/>`
  if (zip.file(relations) === null)
    zip.file(
      relations,
      `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${added}</Relationships>`,
    )
  else change(zip, relations, (xml) => xml.replace('</Relationships>', `${added}</Relationships>`))
}

function change(zip: PizZip, name: string, how: (xml: string) => string): void {
  const part = zip.file(name)
  if (part === null) throw new WanglouError('TEMPLATE_INVALID', { reason: name })
  zip.file(name, how(part.asText()))
}
