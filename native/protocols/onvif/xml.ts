// XML as a tree of local names, within bounds: as much as SOAP needs.
import { SaxesParser } from 'saxes'
import { StreamError } from '../../contract/index.ts'

export interface XmlNode {
  name: string
  attributes: Record<string, string>
  text: string
  children: XmlNode[]
}

const depthLimit = 40
const nodeLimit = 20_000

/** @throws StreamError not-the-protocol */
export function readXml(text: string): XmlNode {
  const top: XmlNode = { name: '', attributes: {}, text: '', children: [] }
  const path = [top]
  let count = 0
  const parser = new SaxesParser()
  parser.on('opentag', ({ name, attributes }) => {
    count += 1
    if (path.length > depthLimit || count > nodeLimit) throw new StreamError('answer-too-large', { limitBytes: nodeLimit })
    const node: XmlNode = { name: localName(name), attributes: attributes as Record<string, string>, text: '', children: [] }
    path.at(-1)?.children.push(node)
    path.push(node)
  })
  parser.on('text', (part) => {
    const node = path.at(-1)
    if (node !== undefined) node.text += part
  })
  parser.on('closetag', () => void path.pop())
  parser.on('error', (error) => {
    throw new StreamError('not-the-protocol', {}, { cause: error })
  })
  parser.write(text).close()
  return top
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}

/** Every node of that name, however deep. */
export function all(node: XmlNode, name: string): XmlNode[] {
  return node.children.flatMap((child) => [...(child.name === name ? [child] : []), ...all(child, name)])
}

export function first(node: XmlNode, ...names: string[]): XmlNode | null {
  return names.reduce<XmlNode | null>((found, name) => (found === null ? null : (all(found, name)[0] ?? null)), node)
}

export function textOf(node: XmlNode, ...names: string[]): string | null {
  return first(node, ...names)?.text.trim() ?? null
}

export function escaped(text: string): string {
  return text.replace(/[<>&"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
}
