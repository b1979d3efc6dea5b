// People who may sign in, what they were granted, and what the page knows of its own session.
import { z } from 'zod'
import { defineDatasets } from './dataset.ts'
import { type Permission, type Role, roles } from './permissions.ts'
import { type EpochMs, Id, text } from './scalars.ts'

export const accountDatasets = defineDatasets({
  accounts: {
    scope: 'centre',
    columns: {
      login: { type: 'text' },
      name: { type: 'text', personal: true },
      telephone: { type: 'text', personal: true },
      unit: { type: 'id' },
      isDisabled: { type: 'boolean' },
    },
  },
  /** A role over a unit and all below it; `unit` null = the whole centre. */
  grants: { scope: 'centre', columns: { account: { type: 'id' }, role: { type: 'text' }, unit: { type: 'id' } } },
})

/** What a person types to sign in: lower case, 2–32 letters, digits, `.`, `-`, `_`, or Chinese characters. */
export const Login = text(64)
  .transform((value) => value.trim().toLowerCase())
  .pipe(z.string().regex(/^[a-z0-9._\-\p{Script=Han}]{2,32}$/u))
export const RoleName = z.enum(roles)
export const PersonName = text(40)
  .transform((value) => value.trim())
  .pipe(z.string().min(1))
/** At most 200 characters; whether it is strong enough is said by `passwordProblem`. */
export const Password = z.string().min(1).max(200)
export const Pin = z.string().regex(/^\d{4,8}$/)
const Telephone = text(30).nullable()

export const CreateFirst = z.object({ login: Login, name: PersonName, password: Password })
export const NewMember = z.object({ login: Login, name: PersonName, telephone: Telephone, roles: z.array(RoleName).max(4), unit: Id.nullable() })
export type NewMember = z.infer<typeof NewMember>
export const AddTeam = z.object({ members: z.array(NewMember).min(1).max(50) })
export const SignIn = z.object({ login: Login, password: Password })
export const UnlockSession = z.union([z.object({ pin: Pin }), z.object({ password: Password })])
/** The second person unlocks a colleague's account from the sign-in page, with her own password. */
export const UnlockBeside = z.object({ login: Login, byLogin: Login, byPassword: Password })
export const ChangePassword = z.object({ current: Password, next: Password })
export const SetPin = z.object({ password: Password, pin: Pin.nullable() })
export const UpdateAccount = z.object({ account: Id, name: PersonName, telephone: Telephone, unit: Id.nullable() })
export const Grant = z.object({ account: Id, role: RoleName, unit: Id.nullable() })

export type SetupStage = 'first-account' | 'team' | 'done'

/** Which of the roles a centre needs are still held by nobody. */
export interface SetupState {
  stage: SetupStage
  missing: Role[]
}

export interface Person {
  account: Id
  login: string
  name: string
  unit: Id | null
  roles: Role[]
  permissions: Permission[]
  hasPin: boolean
  /** True after a one-time password: nothing else works until it is changed. */
  mustChangePassword: boolean
}

/** Everything the page needs to choose between set-up, sign-in, lock overlay and work. */
export interface SessionState {
  setup: SetupState
  /** null = nobody has signed in. */
  person: Person | null
  isLocked: boolean
  lockedAt: EpochMs | null
  /** True when the PIN was wrong too often: only the password opens. */
  needsPassword: boolean
  /** Milliseconds without a key or a pointer until the session locks. */
  idleLockMs: number
}

/** An initial password, shown once to whoever made the account. */
export interface InitialPassword {
  account: Id
  login: string
  name: string
  roles: Role[]
  password: string
}

export interface AccountRow {
  id: Id
  login: string
  name: string
  telephone: string | null
  unit: Id | null
  isDisabled: boolean
  grants: { id: Id; role: Role; unit: Id | null }[]
  lockedUntil: EpochMs | null
  mustChangePassword: boolean
  lastSignInAt: EpochMs | null
}

export type PasswordProblem = 'too-short' | 'too-few-classes' | 'contains-login' | 'repeats'

/**
 * The rule for passwords: at least 10 characters, three of four classes (lower, upper, digit, other), not the login, no single character over and over.
 * @returns what is wrong, or null
 */
export function passwordProblem(password: string, login: string): PasswordProblem | null {
  if ([...password].length < 10) return 'too-short'
  const classes = [/\p{Ll}/u, /\p{Lu}/u, /\d/, /[^\p{Ll}\p{Lu}\d]/u].filter((pattern) => pattern.test(password)).length
  if (classes < 3) return 'too-few-classes'
  if (login.length >= 3 && password.toLowerCase().includes(login.toLowerCase())) return 'contains-login'
  if (new Set(password).size < 5) return 'repeats'
  return null
}

/** @returns whether a PIN is one that everybody tries first (one digit repeated, a run up or down) */
export function isWeakPin(pin: string): boolean {
  const steps = new Set([...pin].slice(1).map((digit, index) => Number(digit) - Number(pin[index])))
  return steps.size === 1 && [0, 1, -1].includes([...steps][0] ?? 0)
}

/** Stands on the sign-in page and on every export. */
export const NOT_CLASSIFIED_NOTICE = '非涉密系统，严禁处理、存储、传输国家秘密'
