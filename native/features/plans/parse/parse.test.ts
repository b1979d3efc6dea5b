import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { measure, type PlanLabels } from './measure.ts'
import { readDocument } from './read-document.ts'
import { type ParsedPlan, planOf } from './structure.ts'

const samples = fileURLToPath(new URL('../../../../resources/plans/', import.meta.url))
const fixtures = fileURLToPath(new URL('./fixtures/', import.meta.url))
const eventTypes = (
  JSON.parse(readFileSync(fileURLToPath(new URL('../../../../resources/codes/event-types.platform2009.json', import.meta.url)), 'utf8')) as {
    rows: { code: string; name: string }[]
  }
).rows

async function parse(path: string): Promise<ParsedPlan> {
  const { blocks } = await readDocument(path, path, () => undefined)
  return planOf(blocks, { fileName: 'plan.docx', eventTypes, areas: [{ code: '610500', name: '样例市' }] })
}

// python-docx wrote the samples, LibreOffice re-saved three of them and printed two as PDF; each brings its own quirks.
const documents = [
  ['python-docx: styled headings, four action tables', samples, 'hazchem.docx', 'hazchem'],
  ['python-docx: plain bold headings, sentences, full-width telephone numbers', samples, 'earthquake.docx', 'earthquake'],
  ['python-docx: automatic numbering, merged and double header rows', samples, 'flood.docx', 'flood'],
  ['python-docx: full-width digits, Latin I级', samples, 'forest-fire.docx', 'forest-fire'],
  ['LibreOffice: plain bold headings', fixtures, 'earthquake.libreoffice.docx', 'earthquake'],
  ['LibreOffice: automatic numbering, merged header', fixtures, 'flood.libreoffice.docx', 'flood'],
  ['LibreOffice: full-width digits', fixtures, 'forest-fire.libreoffice.docx', 'forest-fire'],
  ['LibreOffice PDF', samples, 'tailings.pdf', 'tailings'],
  ['LibreOffice PDF of a long plan', fixtures, 'earthquake.pdf', 'earthquake'],
] as const

describe('parsing of whole plans', () => {
  for (const [what, folder, file, name] of documents) {
    it(`finds what the author of ${file} put in it (${what})`, async () => {
      const labels = JSON.parse(readFileSync(`${fixtures}${name}.labels.json`, 'utf8')) as PlanLabels
      const plan = await parse(folder + file)
      const scores = measure(plan, labels)
      const figures = Object.entries(scores).map(([part, { precision, recall }]) => `${part} ${precision.toFixed(2)}/${recall.toFixed(2)}`)
      console.info(`${file} precision/recall: ${figures.join(' · ')}`)
      for (const [part, { precision, recall, missing, invented }] of Object.entries(scores)) {
        expect({ part, missing, invented, isGood: precision >= 0.95 && recall >= 0.9 }).toEqual({ part, missing, invented, isGood: true })
      }
      expect(plan.head.title).toBe(labels.title)
      expect(plan.head.issuer).toBe(labels.issuer)
      expect(plan.head.area).toBe('610500')
    })
  }

  it('knows the event types from the title, and says so when it does not', async () => {
    expect((await parse(`${samples}hazchem.docx`)).head.eventTypes).toEqual(['12D02'])
    expect((await parse(`${samples}earthquake.docx`)).head.eventTypes).toEqual(['11C00'])
    expect((await parse(`${samples}flood.docx`)).head.eventTypes).toEqual(['11A01', '11A02', '11A51'])
    expect((await parse(`${samples}forest-fire.docx`)).head.eventTypes).toEqual(['11G01', '11G02', '11G03', '11G04'])
  })

  it('marks what it was unsure of instead of guessing', async () => {
    const forest = await parse(`${samples}forest-fire.docx`)
    const care = forest.actions.find((action) => action.action.includes('伤员救治准备'))
    expect(care).toMatchObject({ deadlineMinutes: null, deadlineWords: null })
    const atOnce = forest.actions.find((action) => action.action.includes('通报林区风力'))
    expect(atOnce).toMatchObject({ deadlineMinutes: null, deadlineWords: '立即', unsure: ['deadline-vague'] })
    const medical = forest.actions.find((action) => action.action.includes('野战医疗点'))
    expect(medical?.unsure).toContain('deadline-base')
    const flood = await parse(`${samples}flood.docx`)
    expect(flood.contacts.find((contact) => contact.telephone.includes('待核实'))).toMatchObject({ unit: '市供电公司', unsure: ['telephone'] })
    const hazchem = await parse(`${samples}hazchem.docx`)
    expect(hazchem.actions.find((action) => action.action.includes('风向风速实况'))).toMatchObject({
      deadlineMinutes: null,
      unsure: ['deadline-repeat'],
    })
    const pdf = await parse(`${samples}tailings.pdf`)
    expect(pdf.contacts.every((contact) => contact.unsure.includes('pdf-table'))).toBe(true)
  })
})
