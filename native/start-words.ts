// What the command line tells a person when the station cannot start: what happened, what is safe, what to do; Chinese, then English.

export type Lang = 'zh-CN' | 'en'

export const exitCodes = { ok: 0, failed: 1, usage: 2, running: 3, readOnly: 4, diskFull: 5, newer: 6, corrupt: 7, port: 8, again: 10 } as const
export type Trouble = Exclude<keyof typeof exitCodes, 'ok' | 'again'>

const words: Record<Trouble, { 'zh-CN': string; en: string }> = {
  failed: {
    'zh-CN': '望楼启动失败：{detail}。已写入的数据未受影响。请把数据目录中的 wanglou.log 交给维护人员。',
    en: 'Wanglou could not start: {detail}. What was written is safe. Give wanglou.log from the data directory to whoever maintains it.',
  },
  usage: {
    'zh-CN':
      '命令行或设置有误：{detail}。可用选项：--headless --port N --data 目录 --pack 文件或目录 --no-sample --lang zh-CN|en --password-file 文件 --page 目录',
    en: 'The options or settings cannot be used: {detail}. Options: --headless --port N --data DIR --pack FILE|DIR --no-sample --lang zh-CN|en --password-file FILE --page DIR',
  },
  running: {
    'zh-CN': '望楼已在此数据目录上运行（进程 {pid}）：{directory}。数据没有问题，不能再启动第二个。{link}',
    en: 'Wanglou is already running on this data directory (process {pid}): {directory}. The data is fine; a second one cannot be started. {link}',
  },
  readOnly: {
    'zh-CN': '数据目录不可写：{directory}。没有改动任何数据。请检查目录权限或磁盘是否只读，或用 --data 换一个目录。',
    en: 'The data directory cannot be written to: {directory}. Nothing was changed. Check its permissions or whether the disk is read-only, or choose another with --data.',
  },
  diskFull: {
    'zh-CN': '磁盘已满，无法打开数据目录：{directory}。已写入的数据未受影响。请腾出空间后重新启动。',
    en: 'The disk is full and the data directory cannot be opened: {directory}. What was written is safe. Free some space and start again.',
  },
  newer: {
    'zh-CN': '此数据目录由更新版本的望楼写成（{detail}）：{directory}。没有改动任何数据。请使用更新的版本，或恢复升级前的备份。',
    en: 'A newer Wanglou has written this data directory ({detail}): {directory}. Nothing was changed. Use the newer version, or restore the copy made before the upgrade.',
  },
  corrupt: {
    'zh-CN': '数据库已损坏，且没有可用的备份：{directory}。文件原样保留。请从外部备份恢复，或用 --data 指定新目录先开始工作。',
    en: 'The database is damaged and no copy could be used: {directory}. The files were left as they are. Restore an outside backup, or start on a new directory with --data.',
  },
  port: {
    'zh-CN': '端口 {detail} 已被占用。请用 --port 0 让系统选一个，或换一个端口。',
    en: 'Port {detail} is taken. Use --port 0 to have a free one chosen, or another port.',
  },
}

/** What is said, and the start goes on. */
const notices = {
  restored: {
    'zh-CN':
      '数据库曾经损坏：原文件已移到 {setAside}，现用 {copiedAt} 的备份 {from} 继续。之后写入的内容可能不全，请核对，并在“运行状况”中确认已知。',
    en: 'The database was damaged: it was set aside as {setAside}, and the copy {from} of {copiedAt} is in use. What was written after it may be missing; check, and acknowledge it on the health page.',
  },
  startedEmpty: {
    'zh-CN': '数据库曾经损坏，且没有完好的备份：原文件已移到 {setAside}，现从空数据库开始。请联系维护人员，从外部备份恢复。',
    en: 'The database was damaged and no copy was whole: it was set aside as {setAside}, and an empty one is in use. Have an outside copy restored.',
  },
} as const

export function noticeWords(notice: keyof typeof notices, params: Record<string, string | number>, lang: Lang): string {
  return inBoth(notices[notice], params, lang)
}

/** @returns both languages, the chosen one first */
export function troubleWords(trouble: Trouble, params: Record<string, string | number>, lang: Lang): string {
  return inBoth(words[trouble], params, lang)
}

function inBoth(texts: Record<Lang, string>, params: Record<string, string | number>, lang: Lang): string {
  const order: Lang[] = lang === 'en' ? ['en', 'zh-CN'] : ['zh-CN', 'en']
  return order.map((one) => texts[one].replaceAll(/\{(\w+)\}/g, (_match, name: string) => String(params[name] ?? ''))).join('\n')
}

/** A station that cannot start, in words and with its exit code. */
export class StartTrouble extends Error {
  readonly trouble: Trouble
  readonly params: Record<string, string | number>
  constructor(trouble: Trouble, params: Record<string, string | number>, options?: { cause?: unknown }) {
    super(trouble, options)
    this.name = 'StartTrouble'
    this.trouble = trouble
    this.params = params
  }
}
