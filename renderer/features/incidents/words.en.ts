// English words of incidents.
import type { MessageTree } from '../../app/feature.ts'

export const enIncidents: MessageTree = {
  title: 'Incidents',
  closed: 'closed',
  close: 'Close',
  reopen: 'Take up again',
  sample: 'sample',
  program: 'the program',
  rewound: 'As it stood at {at}',
  notKnownThen: 'This console did not know of the incident then.',
  list: { find: 'Find in title, place, account', openness: 'Which', open: 'Open', closed: 'Closed', all: 'All', count: '{count} incidents', none: 'No incident matches', noneText: 'Press F2 to take a report, or choose another filter.' },
  draft: { resume: 'Go on with: {title}', untitled: 'report without a title' },
  intake: {
    begin: 'Take report', title: 'Take a report', submit: 'Take in', discard: 'Discard draft', kept: 'Draft kept {at}', notKept: 'Kept at each pause', words: 'As told', wordsPlaceholder: 'Write what the caller says first, ask after', reporter: 'Caller', phone: 'Number',
    unit: 'Caller’s unit', place: 'Place', type: 'Event type', eventTitle: 'Title', figures: 'People and loss (leave out what was not said)', circumstances: 'Circumstances', channel: 'Came by',
  },
  place: { placeholder: 'Name, coordinates, area code', pick: 'Pick the place on the map', map: 'Map', centre: '(centre of the area, not the exact place)', coordinates: 'New coordinates, e.g. 109.51,34.51' },
  type: {
    placeholder: 'Word, code, pinyin initials', open: 'Not in the table: no grade can be proposed', none: 'not classified', table: 'Event types', find: 'Find code or name', inForce: 'In force: {system}', add: 'Add a row', code: 'Code', name: 'Name', parent: 'Code above',
    path: 'Belongs to', hazard: 'Grading rule', active: 'In use', yes: 'in use', no: 'retired', system: 'Name of the new table', load: 'Load a table (CSV: code,name,parent,hazard)', back: 'Back to the shipped table',
    note: 'Shipped is the 2009 classification of the national emergency platform, to begin with; the table of GB/T 35561 is loaded by the centre.',
  },
  hazard: { none: 'no rule (no grade proposed)', 'work-safety': 'work-safety accident', 'forest-fire': 'forest fire', earthquake: 'earthquake' },
  time: { occurred: 'Happened', received: 'Received' },
  field: { title: 'Title', description: 'Account', typeCode: 'Type', place: 'Place', position: 'Position', area: 'Area', occurred: 'Happened', received: 'Received', firstPhoned: 'First phoned', written: 'In writing', circumstances: 'Circumstances' },
  channel: { telephone: 'telephone', form: 'form', pasted: 'pasted', radio: 'radio', fax: 'fax', 'in-person': 'in person', other: 'other' },
  circumstance: {
    'severe-pollution': 'severe pollution', 'important-site': 'important site', 'sensitive-area': 'sensitive area', 'sensitive-time': 'sensitive time', 'sensitive-people': 'sensitive people', 'public-attention': 'public attention',
    'dense-population': 'densely populated', 'fairly-dense-population': 'fairly densely populated',
  },
  metric: {
    deaths: 'Dead', missing: 'Missing', outOfContact: 'No contact', trapped: 'Trapped', seriousInjuries: 'Serious inj.', acutePoisoning: 'Poisoned', minorInjuries: 'Minor inj.', hospitalised: 'In hospital', evacuated: 'Evacuated', atRisk: 'At risk',
    directLossYuan: 'Loss (10k ¥)', directLossGdpPercent: 'Loss (% GDP)', burnedForestHa: 'Forest (ha)', magnitude: 'Magnitude',
  },
  unit: { people: '{value}', wan: '¥{value} × 10 000', yi: '¥{value} × 100 million', burnedForestHa: '{value} ha', magnitude: 'M {value}', directLossGdpPercent: '{value}%' },
  fault: { title: 'Give a title, or place and type', received: 'Give the time it was received', figures: 'Whole numbers for people, numbers otherwise, and who says so', source: 'Say who gave these figures', words: 'Write what was said', coordinates: 'Write coordinates, e.g. 109.51,34.51' },
  figure: {
    by: 'by {source}', differs: '{values} (differing)', choose: 'differing: choose', add: 'Add a figure', none: 'Nobody has given a figure yet.', state: 'How sure', metric: 'Figure', value: 'Value', source: 'Said by', sourcePlaceholder: 'the caller, if left empty', put: 'Note',
    take: 'Choose', chosen: 'Chosen',
  },
  statement: { unverified: 'to be checked', verified: 'verified', disputed: 'disputed' },
  information: { name: 'Information', received: 'received', checking: 'being checked', verified: 'verified', false: 'false report', transferred: 'transferred', merged: 'merged' },
  reporting: { name: 'Reporting', none: 'nothing drafted', drafted: 'drafted', exported: 'exported' },
  ask: { false: 'Mark as a false report', transferred: 'Transfer to whom', close: 'Close this incident', reopen: 'Take this incident up again' },
  askWord: { false: 'Mark as false', transferred: 'Transfer', close: 'Close', reopen: 'Take up again' },
  grade: {
    proposed: 'Proposed', graded: '', 'no-type': 'not classified, so there is no rule', 'no-table': 'no rule table for this type; the centre’s own plan decides', 'no-figures': 'nobody has given the figures the rule needs', 'below-table': 'the figures given make no grade',
    differing: '{metrics}: differing figures, the highest was used', missing: 'Not given: {metrics}', confirm: 'Confirm grade', change: 'Change grade', confirmedBy: 'Confirmed as {grade} by {name}', withdraw: 'withdraw', basis: 'Ground', who: 'Confirmed by',
  },
  mustReport: { title: 'Must be reported anyway' },
  section: { facts: 'Facts', figures: 'People and loss', reports: 'Reports', files: 'Files' },
  report: { first: 'First report', 'follow-up': 'Follow-up' },
  followUp: { begin: 'Follow-up', send: 'Note follow-up' },
  file: { add: 'Add files (drop, or press Enter)', remove: 'Remove' },
  edit: {
    word: 'Edit', open: 'Edit {field}', save: 'Save', conflict: '{by} changed this field at {at}. What you wrote is still here; nothing was overwritten.', theirs: 'They wrote', mine: 'You wrote', keepTheirs: 'Keep theirs', writeMine: 'Write mine (theirs stays in the time line)',
  },
  duplicate: {
    title: 'The same event?', none: 'Nothing looks alike', noneText: 'While you type it is compared with the last day: place, time, type, words.', score: '{percent}% alike', followUp: 'The same: note as follow-up', look: 'Look at it', metres: '{metres} m apart', kilometres: '{km} km apart',
    place: 'both in {area}', time: '{minutes} minutes apart', type: 'same or close type ({code})', words: 'both mention: {words}',
  },
  merge: { likely: 'Looks like the same: {title} ({percent}%)', take: 'Merge into this', begin: 'Merge …', which: 'Which one', words: 'Why it is the same', into: 'Merged into another:', merged: 'Merged report:', undo: 'Undo merge' },
  tab: { overview: 'Situation', bulletin: 'Report', next: 'Next tab', previous: 'Previous tab' },
  bulletin: {
    title: 'Duty bulletin', notice: 'Not a classified system: state secrets must not be handled, stored or sent', compose: 'Draft a duty bulletin', drafted: 'draft', exported: 'exported', print: 'Print', resume: 'Go on', keep: 'Keep draft', export: 'Export DOCX',
    paragraphs: 'one paragraph a line', unsigned: 'Issue number and signer stay empty; the head says 拟稿 (draft).',
    field: { 标题: 'Title', 主送: 'To', 抄送: 'Copies', 报送单位: 'From', 紧急程度: 'Urgency', 联系人: 'Contact', 联系电话: 'Telephone', 正文: 'Text' },
  },
  template: {
    inUse: 'Template: {name}', shipped: 'shipped', change: 'Change template', drop: 'Your own template (DOCX)', back: 'Back to the shipped one', problem: 'Your template ({name}) cannot be read; the shipped one is in use.', unused: 'Not used by this template: {fields}',
    unknown: 'Unknown fields: {fields}', missing: 'Required fields missing: {fields}',
  },
  todo: { check: 'Check: {title}', grade: 'Confirm grade (proposed {grade}): {title}', draft: 'A report is only half taken' },
  act: {
    incidents_report: 'Reported', incidents_followUp: 'Follow-up', incidents_stateFigure: 'Figure', incidents_verifyFigure: 'Figure checked', incidents_chooseFigure: 'Figure chosen', incidents_attach: 'File', incidents_edit: 'Changed', incidents_state: 'Information',
    incidents_confirmGrade: 'Grade confirmed', incidents_close: 'Closed', incidents_reopen: 'Taken up again', incidents_merge: 'Merged', incidents_draftBulletin: 'Bulletin drafted', incidents_exportBulletin: 'Bulletin exported', incidents_sample: 'Sample',
    tasks_issued: 'Ordered', tasks_signed: 'Signed for', tasks_departed: 'Left', tasks_arrived: 'On scene', tasks_working: 'Working', tasks_done: 'Done', tasks_returned: 'Back', tasks_refused: 'Refused', tasks_reassigned: 'Reassigned', tasks_withdrawn: 'Withdrawn',
    responses_propose: 'Response proposed', responses_approve: 'Response approved', responses_change: 'Tier changed', responses_end: 'Response ended', responses_checklist: 'Checklist', responses_refuse: 'Not approved', responses_done: 'Item done', responses_skip: 'Item skipped', responses_reopen: 'Item reopened', responses_add: 'Item added',
    resources_reserve: 'Reserved', resources_use: 'In use', resources_giveBack: 'Returned', resources_cancelReservation: 'Reservation cancelled', resources_moveStock: 'Stock moved', conflicts_decide: 'Conflict decided',
  },
}
