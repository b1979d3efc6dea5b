// Each error code in English: what happened, what is safe, what to do next.
import type { ErrorWords } from '../errors.ts'
import type { PageErrorCode } from '../page-error.ts'

export const enErrors: Record<PageErrorCode, ErrorWords> = {
  UNREACHABLE: {
    what: 'The station does not answer.',
    safe: 'Everything shown as saved is stored on this machine; this last step is not confirmed.',
    next: 'The page reconnects by itself. Then check this last step and repeat it if it is missing.',
  },
  INTERNAL: {
    what: 'The program failed; this step was not done.',
    safe: 'What was saved before is not touched. The failure is in the log.',
    next: 'Try once more. If it fails again note the time, tell the system administrator, and go on by telephone and on the paper form.',
  },
  INVALID_INPUT: {
    what: 'Something in the form is not acceptable.',
    safe: 'Nothing was written; what you typed is still on the page.',
    next: 'Correct the marked fields and submit again.',
  },
  UNAUTHENTICATED: {
    what: 'You are not signed in, or the session has ended.',
    safe: 'Drafts are kept on this machine.',
    next: 'Sign in again and carry on.',
  },
  FORBIDDEN: {
    what: 'Your role may not do this.',
    safe: 'Nothing was changed.',
    next: 'Ask a person who may, or ask the security administrator for the grant.',
  },
  NOT_FOUND: {
    what: 'The record is not on this machine.',
    safe: 'Nothing was changed.',
    next: 'It may be deleted or not yet here; look again in the list.',
  },
  CONFLICT: {
    what: 'Somebody else has just changed this record.',
    safe: 'Both versions are kept; nothing was overwritten.',
    next: 'Look at the newest version, then decide.',
  },
  TOO_LARGE: {
    what: 'This is larger than allowed.',
    safe: 'Nothing was written; the original is untouched.',
    next: 'Split it, or upload it as an attachment.',
  },
  TOO_MANY: {
    what: 'Too much was sent in a short time; nothing more is taken for now.',
    safe: 'What was taken is kept; this one was not taken.',
    next: 'Send it again in a minute; if this goes on, look at the program that sends.',
  },
  TIMEOUT: {
    what: 'It took too long; there is no result.',
    safe: 'This step may not have been done; nothing else is affected.',
    next: 'Wait and try again; where an outside line is involved, telephone first.',
  },
  CANCELLED: {
    what: 'Cancelled as you asked.',
    safe: 'What was written before is kept.',
    next: 'Start again when you need it.',
  },
  DISK_FULL: {
    what: 'The disk is full; nothing can be written.',
    safe: 'What was saved is intact; this step was not written and is still on the page.',
    next: 'Ask the system administrator to free space or change the data directory; write urgent matters on the paper form.',
  },
  READ_ONLY: {
    what: 'The data directory can be read but not written.',
    safe: 'Everything stored can be viewed.',
    next: 'Ask the system administrator to check the permissions or the disk.',
  },
  DATABASE_NEWER: {
    what: 'The data was written by a newer version of the program.',
    safe: 'The data was not touched.',
    next: 'Install that version or a later one, then start again.',
  },
  DATABASE_CORRUPT: {
    what: 'The database file is damaged.',
    safe: 'The damaged file was set aside, not deleted; the latest copy is in use.',
    next: 'Check the latest records and enter what is missing; keep the file that was set aside.',
  },
  DATABASE_BUSY: {
    what: 'The database is busy; this step did not get its turn.',
    safe: 'Nothing was written.',
    next: 'Try again in a few seconds; tell the system administrator if it persists.',
  },
  CHAIN_FORK: {
    what: 'Two entries carry the same number and differ.',
    safe: 'The later one is quarantined; both are kept.',
    next: 'Ask the system administrator to find its source; it is listed on the health page.',
  },
  CELL_IN_CONFLICT: {
    what: 'Two people entered different values here and nobody has decided yet.',
    safe: 'Both values are kept.',
    next: 'Decide in the conflict inbox, then edit.',
  },
  UNDO_STALE: {
    what: 'Cannot undo: it has been changed since.',
    safe: 'Nothing was changed.',
    next: 'Look at the newest value and set what you need.',
  },
  WRONG_PASSWORD: {
    what: 'The account or the password is wrong.',
    safe: 'The account is not locked; no data is affected.',
    next: 'Try again; five failures lock it for 30 minutes.',
  },
  ACCOUNT_LOCKED: {
    what: 'Too many wrong passwords: the account is locked.',
    safe: 'Everything of this account is kept.',
    next: 'The shift leader or watch leader can unlock it now, or wait 30 minutes.',
  },
  PASSWORD_TOO_WEAK: {
    what: 'The password is too simple.',
    safe: 'The former password stands.',
    next: 'At least 10 characters, three of lower case, upper case, digits and signs, without the account name.',
  },
  SESSION_LOCKED: {
    what: 'The console is locked because nobody used it.',
    safe: 'Drafts are kept; alarms and clocks go on.',
    next: 'Unlock with the PIN or the password.',
  },
  SETUP_REQUIRED: {
    what: 'The first set-up is not finished.',
    safe: 'There is no data yet.',
    next: 'Create the first administrator.',
  },
  SETUP_DONE: {
    what: 'The first set-up is already finished.',
    safe: 'The accounts were not changed.',
    next: 'Sign in; ask the system administrator for a new account.',
  },
  SECOND_PERSON_REQUIRED: {
    what: 'Another person must do this.',
    safe: 'Nothing was changed.',
    next: 'Ask the shift leader, the watch leader or another administrator.',
  },
  WRONG_PIN: {
    what: 'The PIN is wrong.',
    safe: 'Nothing was changed; drafts are kept.',
    next: 'Try again; after several failures the password is needed.',
  },
  ADMIN_ROLES_EXCLUSIVE: {
    what: 'System, security and audit administrator must be three people.',
    safe: 'The grants were not changed.',
    next: 'Choose another person for this role.',
  },
  FILE_EMPTY: {
    what: 'The file is empty (0 bytes).',
    safe: 'Nothing was imported; the file is untouched.',
    next: 'Check the file you chose and export it again.',
  },
  FILE_TRUNCATED: {
    what: 'The file is incomplete: its end is missing.',
    safe: 'Nothing was imported; the file is untouched.',
    next: 'Copy or download it again, whole.',
  },
  FILE_ENCRYPTED: {
    what: 'The file is protected by a password.',
    safe: 'Nothing was imported; the file is untouched.',
    next: 'Remove the password in the program it comes from and save a copy.',
  },
  FILE_WRONG_TYPE: {
    what: 'The file is of another type than needed, or its content does not fit its name.',
    safe: 'Nothing was imported; the file is untouched.',
    next: 'Choose one of the types listed on the page.',
  },
  FILE_TOO_LARGE: {
    what: 'The file is too large.',
    safe: 'Nothing was imported; the file is untouched.',
    next: 'Split it, or remove pictures and sheets that are not needed.',
  },
  FILE_ZIP_BOMB: {
    what: 'Unpacked, the file would be absurdly large; it was refused.',
    safe: 'Nothing was unpacked or imported.',
    next: 'Check where it comes from; if you trust it, save it anew in its own program.',
  },
  FILE_TOO_MANY_COLUMNS: {
    what: 'The table has too many columns.',
    safe: 'Nothing was imported; the file is untouched.',
    next: 'Delete the columns you do not need.',
  },
  FILE_UNREADABLE: {
    what: 'The file cannot be read; it may be damaged.',
    safe: 'Nothing was imported; the file is untouched.',
    next: 'Open it in its own program, save a copy and try that.',
  },
  FILE_NO_TEXT: {
    what: 'The file holds no text; it may be a scan.',
    safe: 'The file is untouched.',
    next: 'Use a PDF with text or a DOCX, or type it in.',
  },
  FILE_ENCODING: {
    what: 'The text encoding is not recognised.',
    safe: 'Nothing was imported; the file is untouched.',
    next: 'Save it as UTF-8 or GB18030.',
  },
  COORDINATE_INVALID: {
    what: 'The coordinates are wrong or impossible.',
    safe: 'The place was not changed.',
    next: 'Type “109.51, 34.50” or “109°30′36″E 34°30′N”; mind the order.',
  },
  PLACE_UNKNOWN: {
    what: 'No place of that name was found.',
    safe: 'The place was not changed.',
    next: 'Try another name or an area code, or click on the map.',
  },
  ALREADY_RESERVED: {
    what: 'Another incident has reserved or is using it.',
    safe: 'That reservation stands.',
    next: 'Speak to whoever holds it, or choose another.',
  },
  NOT_RESERVED: {
    what: 'It is not reserved, so it cannot be used or returned.',
    safe: 'Nothing was changed.',
    next: 'Reserve it first.',
  },
  STATE_NOT_ALLOWED: {
    what: 'The present state does not allow this step.',
    safe: 'Nothing was changed.',
    next: 'Look at the present state; somebody may have been quicker.',
  },
  EVIDENCE_REQUIRED: {
    what: 'This step needs evidence.',
    safe: 'The state was not changed.',
    next: 'Enter who said it, by what means, and when.',
  },
  REASON_REQUIRED: {
    what: 'This step needs a reason.',
    safe: 'Nothing was changed.',
    next: 'Write one sentence and confirm.',
  },
  CLASSIFIED_MARKING: {
    what: 'The text bears a marking of state secrecy; it was refused.',
    safe: 'The text was not stored.',
    next: 'This system is not for classified matter. Use the classified channel; if it is a mistake, rephrase.',
  },
  TEMPLATE_INVALID: {
    what: 'The document template is faulty.',
    safe: 'No data was changed and the template was not replaced.',
    next: 'Check the field names in the template, or use the one that came with the program.',
  },
  SAMPLE_RECORD: {
    what: 'This is sample data: it cannot be dialled, sent, published or reported.',
    safe: 'Nothing left this machine.',
    next: 'Use a real record; the sample data is removed from its banner in one act.',
  },
  DUPLICATE: {
    what: 'The same record exists already.',
    safe: 'Nothing was written twice.',
    next: 'Open the existing one and compare.',
  },
  LAYER_UNREACHABLE: {
    what: 'The online layer cannot be reached.',
    safe: 'Local map and data go on.',
    next: 'Check network and key; without a network use an offline map pack.',
  },
  ADDRESS_NOT_ALLOWED: {
    what: 'This address is not among those allowed.',
    safe: 'Nothing was sent to it.',
    next: 'Ask the system administrator to add the layer; duty officers may use allowed public addresses only.',
  },
  MAP_PACK_INVALID: {
    what: 'The map pack cannot be used: it holds no readable raster tiles (MBTiles with png, jpg or webp is needed).',
    safe: 'Nothing was imported; the file is untouched.',
    next: 'Export it from the map program as raster MBTiles and try again.',
  },
  PACKAGE_REFUSED: {
    what: 'The data package was not imported: {reason}.',
    safe: 'Nothing here has changed, nor has the package.',
    next: 'Ask the other side to export it again, or copy it with another stick; where the key is unknown, pair with them first.',
  },
  UNIT_NOT_LINKED: {
    what: '{unit} is not on the Wanglou link, or not paired with the host of this centre.',
    safe: 'Nothing was sent or recorded as sent; the report and what you typed are here.',
    next: 'Choose the unit above from the list, or report by telephone or fax; a system administrator can set up the link.',
  },
  CAMERA_REFUSED: {
    what: 'The camera or the video platform did not do it: {fault}',
    safe: 'Other pictures play on; a camera that was turning stands still or is being stopped.',
    next: 'Open the stream doctor of this camera to see where it fails.',
  },
  SFU_UNAVAILABLE: {
    what: 'The conference program of this station is not installed, or is being restarted.',
    safe: 'Everything else works; rooms and their records are kept.',
    next: 'Try again in a moment; if it stays so, have a system administrator run npm run setup:sfu.',
  },
  ROOM_LOCKED: {
    what: 'The chair has locked this conference; nobody new is let in for now.',
    safe: 'It goes on; you have not entered.',
    next: 'Ring the chair and ask for it to be unlocked, then join.',
  },
  ROOM_EMPTY: {
    what: 'Nobody is in this conference now, and a camera is not in it alone.',
    safe: 'Neither the camera nor the conference was changed.',
    next: 'Join the conference first, then bring the camera in.',
  },
  CAMERA_NOT_FOR_ROOMS: {
    what: 'A source of this kind does not pass through the conference service of this station and cannot take part.',
    safe: 'It plays on the camera page as before; the conference was not changed.',
    next: 'Connect the same camera by RTSP, ONVIF or a GB/T 28181 platform; if it is urgent, share your screen in the conference.',
  },
  CAMERA_NOT_CALIBRATED: {
    what: 'This camera cannot be turned by the map yet: its place, its height or the zero of its mount is not known.',
    safe: 'The camera did not move.',
    next: 'A system administrator enters place, height and the four figures of the mount on its form; until then turn it by hand.',
  },
  CAMERA_OUT_OF_REACH: {
    what: 'The mount does not turn that way.',
    safe: 'The camera did not move.',
    next: 'Take another camera; if it should reach, a system administrator checks the figures of the mount.',
  },
  CAMERA_TALK_TAKEN: {
    what: '{name} is talking to this camera; one person at a time can.',
    safe: 'Nothing of yours went out; the picture goes on.',
    next: 'Wait until the key is let go there, then hold yours down.',
  },
  ROOM_REMOVED: {
    what: 'The chair has removed you from this conference.',
    safe: 'Your other work is not touched.',
    next: 'If it was a mistake, ring the chair and ask for another conference.',
  },
  ROOM_CLOSED: {
    what: 'This conference has ended.',
    safe: 'The attendance is kept.',
    next: 'Open another one if it is needed.',
  },
  NOT_CHAIR: {
    what: 'Only the chair can do this.',
    safe: 'Nothing was changed.',
    next: 'Raise your hand, or ask the chair to hand over.',
  },
  HOST_SILENT: {
    what: 'The host that holds the conference does not answer, or no host was found in this centre.',
    safe: 'The conference and its records are kept; a call under way moves by itself to a host that answers.',
    next: 'Wait, it is tried again by itself; if it stays so, check the host and the network, or telephone the others.',
  },
  RECORDER_MISSING: {
    what: 'The recording program (ffmpeg) is not installed on this machine.',
    safe: 'Conferences and cameras go on as usual.',
    next: 'Ask the system administrator to install ffmpeg, or to name its path in programs.ffmpeg of config.json.',
  },
  NOTHING_TO_RECORD: {
    what: 'Nobody in the conference sends a picture or sound that could be recorded.',
    safe: 'No recording was begun; the conference goes on.',
    next: 'Begin the recording once somebody has opened a camera or a microphone.',
  },
  PAIRING_REFUSED: {
    what: 'Pairing failed: the code is wrong or has expired, or the other side does not know this machine.',
    safe: 'No key was written; this console works as before.',
    next: 'Make a new pairing code at the host and enter it within 10 minutes.',
  },
  TILE_MISSING: {
    what: 'There is no map data here.',
    safe: 'The other layers go on.',
    next: 'Change the scale, or import a pack that covers this place.',
  },
  PASSWORD_CHANGE_REQUIRED: {
    what: 'This is a one-time password; set your own first.',
    safe: 'The account is in order; no data is affected.',
    next: 'Choose a new password, then carry on.',
  },
  PIN_TOO_WEAK: {
    what: 'The PIN is too easy to guess.',
    safe: 'The former PIN stands.',
    next: 'No run and no repeated digit; take 4–8 other digits.',
  },
  LOGIN_TAKEN: {
    what: 'Somebody has this account name already.',
    safe: 'No account was made.',
    next: 'Choose another name.',
  },
  LAST_ADMINISTRATOR: {
    what: 'This is the last person holding this administrator role.',
    safe: 'The grants were not changed.',
    next: 'Grant the role to another person first.',
  },
  REPORT_FROZEN: {
    what: 'This report has been signed; its text is frozen.',
    safe: 'The signed text and document are kept as they are; what you typed was not written into it.',
    next: 'Put a mistake right with a correction, tell news with a follow-up.',
  },
  REPORT_UNSIGNED: {
    what: 'This report is not signed yet, so it cannot be recorded as sent.',
    safe: 'The draft is kept.',
    next: 'Have it signed first; if the leader is away, record a signature by telephone.',
  },
  REPORT_INCOMPLETE: {
    what: 'This report still lacks: {fields}.',
    safe: 'What is filled in is kept; nothing was signed and no number was used.',
    next: 'Fill it in and sign again.',
  },
  REPORT_GROUNDS_MISSING: {
    what: 'There is nothing yet to draft “{kind}” from (an approved decision, an order, an instruction).',
    safe: 'No text was made.',
    next: 'Record the decision, order or instruction in its tab, then draft.',
  },
  REPORT_CHANGED: {
    what: 'The draft you read has just been changed; nobody signs what was not read.',
    safe: 'Nothing was signed and no number was used.',
    next: 'Read the new text, then sign.',
  },
  WORDING_UNANSWERED: {
    what: 'The wording check has {count} warnings nobody has answered.',
    safe: 'The draft is kept; nothing was signed and no number was used.',
    next: 'Change the words, or say at each why they stay.',
  },
  DEVICE_TEMPLATE_INVALID: {
    what: 'The device template cannot be read ({line}{field} {reason}).',
    safe: 'The template was not saved; no byte was sent to a device.',
    next: 'Correct the line or member named, then try it with the dry run.',
  },
  SCENE_FILE_INVALID: {
    what: 'The scene file cannot be taken ({reason}).',
    safe: 'No scene was added or changed.',
    next: 'Have the scene exported again from the console it came from.',
  },
  WALL_HELD: {
    what: '{name} is holding this wall.',
    safe: 'The wall shows what it showed before.',
    next: 'Speak with them, or press “Take over”: the take-over is recorded.',
  },
  WALL_NOT_HELD: {
    what: 'This act needs the wall in your hands.',
    safe: 'The wall shows what it showed before.',
    next: 'Press “Take the wall” and try again.',
  },
  SCREEN_UNPAIRED: {
    what: 'This screen is not paired with the console, or its pairing was revoked.',
    safe: 'Nothing of the console is shown on it.',
    next: 'Type the code shown on the screen on the page “Wall – Screens”.',
  },
}
