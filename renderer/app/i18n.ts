// The page's words: every feature's messages gathered under its word, Chinese by default, English complete.
import { createI18n } from 'vue-i18n'
import type { FeatureMessages } from './feature.ts'
import { enErrors } from './i18n/errors.en.ts'
import { zhErrors } from './i18n/errors.zh-CN.ts'

export const locales = ['zh-CN', 'en'] as const
export type Locale = (typeof locales)[number]

const files = {
  ...import.meta.glob<FeatureMessages>(['./*.messages.ts', './*/*.messages.ts'], { eager: true, import: 'default' }),
  ...import.meta.glob<FeatureMessages>('../*/*.messages.ts', { eager: true, import: 'default' }),
  ...import.meta.glob<FeatureMessages>('../features/*/*.messages.ts', { eager: true, import: 'default' }),
}

/** `…/incidents.messages.ts` → `incidents`. */
function word(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/\.messages\.ts$/, '')
}

function gather(locale: Locale) {
  return {
    ...Object.fromEntries(Object.entries(files).map(([path, messages]) => [word(path), messages[locale]])),
    errors: locale === 'en' ? enErrors : zhErrors,
  }
}

const storageKey = 'wanglou.locale'

/** `?lang=` of the address (what `--lang` sets), then what this person chose last, then Chinese. */
function firstLocale(): Locale {
  const asked = new URLSearchParams(window.location.search).get('lang')
  const fromAddress = locales.find((locale) => locale === asked)
  // The address loses it at the next step; a reload must not fall back.
  if (fromAddress !== undefined) window.localStorage.setItem(storageKey, fromAddress)
  return fromAddress ?? locales.find((locale) => locale === window.localStorage.getItem(storageKey)) ?? 'zh-CN'
}

export const i18n = createI18n({
  legacy: false,
  locale: firstLocale(),
  fallbackLocale: false,
  messages: { 'zh-CN': gather('zh-CN'), en: gather('en') },
})

/** For code outside components; inside one use `useI18n()`. */
export function t(key: string, params: Record<string, unknown> = {}): string {
  return i18n.global.t(key, params)
}

/** Whether there are words for it, in the present language. */
export function te(key: string): boolean {
  return i18n.global.te(key)
}

export function setLocale(locale: Locale): void {
  i18n.global.locale.value = locale
  window.localStorage.setItem(storageKey, locale)
  document.documentElement.lang = locale
}
document.documentElement.lang = i18n.global.locale.value
