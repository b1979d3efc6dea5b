// Fills a configuration template: {{name}}, {{#list}}…{{/list}}, {{> part}}. What has no value is an error. Node 20.19 runs it.

/**
 * @param {string} text the template; a tag for a list or part stands alone on its line, and the line goes with it
 * @param {Record<string, unknown>} values a section is left out for false and null, repeated for an array, entered for an object or true
 * @param {(name: string) => string} part the text of a part
 * @returns {string}
 */
export function fill(text, values, part) {
  let filled = text.replace(/^[ \t]*\{\{> ?([\w-]+)\}\}[ \t]*\n/gm, (_, name) => part(name))
  const section = /^[ \t]*\{\{#(\w+)\}\}[ \t]*\n([\s\S]*?)^[ \t]*\{\{\/\1\}\}[ \t]*\n/m
  for (let found = section.exec(filled); found !== null; found = section.exec(filled)) {
    const [whole, name = '', inside = ''] = found
    const value = valueOf(values, name)
    const each = Array.isArray(value) ? value : value === true ? [{}] : value === false || value === null ? [] : [value]
    const written = each.map((one) => fill(inside, { ...values, ...one }, part)).join('')
    filled = filled.slice(0, found.index) + written + filled.slice(found.index + whole.length)
  }
  return filled.replace(/\{\{(\w+)\}\}/g, (_, name) => String(valueOf(values, name)))
}

function valueOf(values, name) {
  if (!(name in values)) throw new Error(`the template needs a value for ${name}`)
  return values[name]
}
