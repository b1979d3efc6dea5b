// Reads the YAML of a template: one document of plain maps, lists and scalars. Anchors, tags and deep nesting are refused: a file from elsewhere must not hold the station up.
import { isAlias, isMap, isNode, isScalar, LineCounter, parseAllDocuments, visit } from 'yaml'
import { type JsonValue, WanglouError } from '../../contract/index.ts'

const deepest = 12

/** @throws WanglouError DEVICE_TEMPLATE_INVALID with the line */
export function readYaml(source: string): JsonValue {
  const lines = new LineCounter()
  const documents = parseAllDocuments(source, {
    schema: 'core',
    version: '1.2',
    strict: true,
    uniqueKeys: true,
    lineCounter: lines,
    logLevel: 'silent',
  })
  const [document, second] = Array.isArray(documents) ? documents : []
  const lineOf = (offset: number) => lines.linePos(offset).line
  if (document === undefined || document.contents === null) throw invalid(1, 'empty')
  const [fault] = [...document.errors, ...document.warnings]
  if (fault !== undefined) throw invalid(lineOf(fault.pos[0]), fault.code)
  if (second !== undefined) throw invalid(lineOf(second.range[0]), 'second document')
  visit(document, (_key, node, path) => {
    if (!isNode(node)) return
    const isOurs = !isAlias(node) && node.anchor === undefined && node.tag === undefined
    const isPlainKeys = !isMap(node) || node.items.every(({ key }) => isScalar(key) && key.value !== '__proto__')
    if (!isOurs || !isPlainKeys || path.length > 2 * deepest) throw invalid(lineOf(node.range?.[0] ?? 0), 'form')
  })
  return document.toJS() as JsonValue
}

function invalid(line: number, reason: string): WanglouError {
  return new WanglouError('DEVICE_TEMPLATE_INVALID', { line, reason })
}
