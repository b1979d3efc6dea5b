// English words of resources and their import.
import type { MessageTree } from '../../app/feature.ts'

export const en: MessageTree = {
  title: 'Resources', one: 'Resource', add: 'Add resource', change: 'Correct', find: 'Name, kit, pinyin initials…', sample: 'Sample', sampleNoCall: 'Sample number, cannot be called', held: 'Held', expired: 'Expired', area: 'Area', unit: 'Owner', address: 'Address',
  telephone: 'Telephone', position: 'Position', noPosition: 'No coordinates', capacity: 'People/capacity', equipment: 'Kit', source: 'Source', byHand: 'Entered here', expiresAt: 'Valid until', unsaid: 'Not said',
  count: '{count} in all', countMore: 'More than {count}', narrow: 'Too many: narrow the filter to see the rest', incomplete: 'Rows are still coming in: {done} of {total}', none: 'No resource fits', noneText: 'Change the filter, or import a ledger (XLSX, CSV, GeoJSON).',
  kind: { name: 'Kind', team: 'Rescue team', store: 'Supply store', equipment: 'Equipment', shelter: 'Shelter', hospital: 'Medical', expert: 'Expert', 'fire-station': 'Fire station', 'protection-target': 'Protection target' },
  readiness: { name: 'Readiness', ready: 'Ready', available: 'Available', maintenance: 'In maintenance', unavailable: 'Out of use' },
  expiry: { name: 'Validity', all: 'Any validity', expired: 'Expired', 'within-30-days': 'Expires within 30 days' },
  holding: { name: 'Held', all: 'Free or held', free: 'Free', held: 'Held' },
  compass: { n: 'N', ne: 'NE', e: 'E', se: 'SE', s: 'S', sw: 'SW', w: 'W', nw: 'NW' },
  form: { save: 'Save', pick: 'Pick on the map', badPosition: 'This coordinate cannot be read; for example 109.51, 34.51' },
  todo: {
    booked: 'Double booking: {name} is held by {n} incidents at once; settle whose it is, whoever gives way cancels', refused: 'Reservation refused: {name}, {owner}{why}', unanswered: 'Reservation not answered: {name}, waiting for {owner}',
    negative: 'Stock below zero: {item} {quantity} {measure}; count it',
  },
  confirmation: { confirmed: 'Confirmed', provisional: 'Not confirmed', refused: 'Refused by the owner' },
  stock: { title: 'Stock', none: 'No stock recorded', item: 'Item', balance: 'Balance', quantity: 'Quantity', measure: 'Unit', reason: 'Reason', in: 'In', out: 'Out', correction: 'Count', opening: 'Opening', record: 'Record', negative: 'Below zero', movements: '{count} movements' },
  reservation: {
    title: 'Who holds it', none: 'Nobody holds it', reserve: 'Reserve', reserved: 'Reserved', used: 'In use', returned: 'Returned', cancelled: 'Cancelled', incident: 'Incident', act: { use: 'Use', giveBack: 'Return', cancelReservation: 'Cancel' },
    host: 'the host console', of: '{unit}: {title}', waitsFor: 'waiting for {owner}', by: '{owner}, {at}', refused: { held: ': held for {what}', unknown: ': not in its ledger' },
    refusedNext: 'Settle by telephone whose it is: once they give way this becomes confirmed by itself; cancel it if you no longer need it.', unansweredNext: 'While the line or the owner is away the answer comes late; ring and ask.',
  },
  history: { title: 'What was changed', none: 'Nothing was changed (for imported rows see source and date)', add: 'Added', change: 'Corrected', remove: 'Removed', moveStock: 'Stock moved', import: 'Imported' },
  nearest: {
    title: 'Forces', estimate: 'Travel times are estimates: straight distance and class of area, no road network', km: '{km} km', minutes: 'est. {low}–{high} min', freeOnly: 'Free only', none: 'No {kind} near by', order: 'Order', ours: 'Held for this incident',
    noPlace: 'The incident has no position yet', noPlaceText: 'Place it in the overview; then the nearest forces are ranked here.',
  },
  import: {
    title: 'Import ledger', begin: 'Import', another: 'Another file', back: 'Back to resources', backToBook: 'Back to the contacts', updateExisting: 'Repeats one that is here: change it as the file says', step: { file: 'File', mapping: 'Columns', report: 'Quality report' }, target: { name: 'Import into', resources: 'Resources', stock: 'Stock', contacts: 'Contacts', units: 'Units (who reports to whom)' },
    source: 'Name of the ledger', sourceHint: 'importing the same name again updates it', sourceMissing: 'Give the ledger a name', drop: 'Drop the ledger here, or click to choose', sending: 'Sending', last: 'Last imports',
    remembered: 'Read as this ledger was read the last time', sheet: 'Sheet', encoding: 'Encoding', headerRows: 'Header ends at row', kindOfAll: 'All rows are', area: 'Only rows in (area code)', areaHint: 'empty: anywhere', means: '“{header}” is', asAttribute: '(kept as extra)',
    datum: { name: 'Datum', wgs84: 'WGS-84 / CGCS2000', gcj02: 'GCJ-02 (AMap, Tencent)', bd09: 'BD-09 (Baidu)' },
    missing: 'Not matched yet: {fields}', check: 'Check', read: '{rows} rows read', state: { checking: 'Checking', checked: 'Checked', importing: 'Importing', done: 'Imported', failed: 'Failed', cancelled: 'Cancelled' },
    good: '{rows} rows can go in', bad: '{rows} rows have a problem and are kept', formulas: '{rows} rows have formulas; their stored results were taken', missingFromSource: '{rows} earlier rows are not in this file; they were not deleted', commit: 'Import {rows} rows', done: '{rows} rows imported', download: 'Download problem rows ({format})',
    accept: 'Let in knowingly:', recheck: 'Check again', problems: 'Problems', all: 'All {rows}', row: 'Row', cells: 'As in the file', before: 'Previous', after: 'Next',
  },
  problem: {
    missing: 'missing', 'missing-position': 'no coordinates', 'bad-type': 'wrong form', 'formula-empty': 'formula without a result', 'coordinate-unreadable': 'coordinate unreadable', 'coordinate-out-of-range': 'coordinate out of range', 'coordinate-swapped': 'longitude and latitude swapped?',
    'outside-area': 'outside the area', 'unknown-area': 'area unknown', 'unknown-kind': 'kind unknown', duplicate: 'repeats an earlier row', 'duplicate-existing': 'already here from elsewhere', expired: 'expired', 'text-malformed': 'invalid characters', 'too-long': 'too long',
    'too-many-cells': 'more cells than headers', 'unknown-resource': 'no such store', 'unknown-unit': 'no such unit, or several of that name', 'no-telephone': 'no telephone number', 'superior-loop': 'it reports to itself in a circle', 'classified-marking': 'bears a marking of state secrets; refused',
  },
  column: {
    sourceKey: 'Number', name: 'Name', kind: 'Kind', subKind: 'Sub-kind', area: 'Area', address: 'Address', lon: 'Longitude', lat: 'Latitude', position: 'Coordinates (in one cell)', contact: 'Contact', telephone: 'Telephone', capacity: 'People/capacity', equipment: 'Kit',
    readiness: 'Readiness', unit: 'Owner', asOf: 'As of', expiresAt: 'Valid until', attributes: 'Extras', source: 'Source', isSample: 'Sample', storeKey: 'Store number', storeName: 'Store name', item: 'Item', measure: 'Unit', quantity: 'Quantity',
    code: 'Number', unitName: 'Unit', personName: 'Person', superior: 'Reports to', superiorCode: 'Number of the unit above', covers: 'Covers', dutyTelephone: 'Duty telephone', unitCode: 'Number of the unit', post: 'Post', duty: 'Duty telephone', office: 'Office telephone', mobile: 'Mobile', fax: 'Fax', satellite: 'Satellite', rank: 'Order', note: 'Note', verifiedAt: 'Verified on', batch: 'Batch', resource: 'Resource', reason: 'Reason', words: 'Words', incident: 'Incident', movedAt: 'Time',
  },
}
