// The rows and acts that intake, follow-ups and samples share: one report, one statement, one file.
import type { Attachment, ActingPerson, ReportInput, StatementInput } from '../../contract/index.ts'
import type { Act, RowWrite } from '../../journal/types.ts'
import { newId } from '../../kernel/ids.ts'

export function reportRow(incident: string, kind: 'first' | 'follow-up', report: ReportInput, nowMs: number): RowWrite {
  return { dataset: 'incidentReports', row: newId(), set: { incident, kind, ...report, enteredAt: nowMs } }
}

/** A figure as stated; it happened when it was true, not when it was typed. */
export function statementAct(incident: string, statement: StatementInput, by: ActingPerson, nowMs: number): Act {
  return {
    actor: by.account,
    action: 'incidents.stateFigure',
    subject: { dataset: 'incidents', row: incident },
    happenedAt: statement.asOf,
    rows: [{ dataset: 'incidentStatements', row: newId(), set: { incident, ...statement, enteredAt: nowMs, enteredBy: by.account } }],
  }
}

export function attachmentAct(
  incident: string,
  file: Pick<Attachment, 'sha256' | 'name' | 'sizeBytes' | 'mime'>,
  by: ActingPerson,
  nowMs: number,
): Act {
  return {
    actor: by.account,
    action: 'incidents.attach',
    subject: { dataset: 'incidents', row: incident },
    rows: [
      {
        dataset: 'incidentAttachments',
        row: newId(),
        set: { incident, sha256: file.sha256, name: file.name, sizeBytes: file.sizeBytes, mime: file.mime, enteredAt: nowMs },
      },
    ],
  }
}
