// The closed list of error codes that may cross the door; the page turns each into words in one file.

/** Each code has a text and a next step in `renderer/app/i18n/errors.*.ts`; a test fails on a missing one. */
export const errorCodes = [
  'INTERNAL',
  'INVALID_INPUT',
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'NOT_FOUND',
  'CONFLICT',
  'TOO_LARGE',
  'TOO_MANY',
  'TIMEOUT',
  'CANCELLED',
  // store
  'DISK_FULL',
  'READ_ONLY',
  'DATABASE_NEWER',
  'DATABASE_CORRUPT',
  'DATABASE_BUSY',
  'CHAIN_FORK',
  'CELL_IN_CONFLICT',
  'UNDO_STALE',
  // accounts
  'WRONG_PASSWORD',
  'ACCOUNT_LOCKED',
  'PASSWORD_TOO_WEAK',
  'SESSION_LOCKED',
  'SETUP_REQUIRED',
  'SETUP_DONE',
  'SECOND_PERSON_REQUIRED',
  'WRONG_PIN',
  'ADMIN_ROLES_EXCLUSIVE',
  'PASSWORD_CHANGE_REQUIRED',
  'PIN_TOO_WEAK',
  'LOGIN_TAKEN',
  'LAST_ADMINISTRATOR',
  // foreign files
  'FILE_EMPTY',
  'FILE_TRUNCATED',
  'FILE_ENCRYPTED',
  'FILE_WRONG_TYPE',
  'FILE_TOO_LARGE',
  'FILE_ZIP_BOMB',
  'FILE_TOO_MANY_COLUMNS',
  'FILE_UNREADABLE',
  'FILE_NO_TEXT',
  'FILE_ENCODING',
  // places
  'COORDINATE_INVALID',
  'PLACE_UNKNOWN',
  // work
  'ALREADY_RESERVED',
  'NOT_RESERVED',
  'STATE_NOT_ALLOWED',
  'EVIDENCE_REQUIRED',
  'REASON_REQUIRED',
  'CLASSIFIED_MARKING',
  'TEMPLATE_INVALID',
  'SAMPLE_RECORD',
  'DUPLICATE',
  // reports
  'REPORT_FROZEN',
  'REPORT_UNSIGNED',
  'REPORT_INCOMPLETE',
  'REPORT_GROUNDS_MISSING',
  'REPORT_CHANGED',
  'WORDING_UNANSWERED',
  // layers
  'LAYER_UNREACHABLE',
  'TILE_MISSING',
  'ADDRESS_NOT_ALLOWED',
  'MAP_PACK_INVALID',
  // link
  'PACKAGE_REFUSED',
  'PAIRING_REFUSED',
  'UNIT_NOT_LINKED',
  // media
  'SFU_UNAVAILABLE',
  'CAMERA_REFUSED',
  'ROOM_LOCKED',
  'ROOM_EMPTY',
  'CAMERA_NOT_FOR_ROOMS',
  'CAMERA_NOT_CALIBRATED',
  'CAMERA_OUT_OF_REACH',
  'CAMERA_TALK_TAKEN',
  'ROOM_REMOVED',
  'ROOM_CLOSED',
  'NOT_CHAIR',
  /** The station that holds it does not answer. */
  'HOST_SILENT',
  'RECORDER_MISSING',
  'NOTHING_TO_RECORD',
  // wall
  'DEVICE_TEMPLATE_INVALID',
  'SCENE_FILE_INVALID',
  'WALL_HELD',
  'WALL_NOT_HELD',
  'SCREEN_UNPAIRED',
] as const
export type ErrorCode = (typeof errorCodes)[number]

/** Values that the page's text for a code may name, e.g. `{ file, row, limitBytes }`. Never a secret, never a path of the machine. */
export type ErrorParams = Record<string, string | number | boolean | null>

/** An expected refusal. Anything else that is thrown is a bug: logged once at the door, shown as `INTERNAL`. */
export class WanglouError extends Error {
  readonly code: ErrorCode
  readonly params: ErrorParams
  constructor(code: ErrorCode, params: ErrorParams = {}, options?: { cause?: unknown }) {
    super(`${code} ${JSON.stringify(params)}`, options)
    this.name = 'WanglouError'
    this.code = code
    this.params = params
  }
}
