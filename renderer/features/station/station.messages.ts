// Words of the health page.
import type { FeatureMessages } from '../../app/feature.ts'

const messages: FeatureMessages = {
  'zh-CN': {
    title: '运行状况',
    allWell: '一切正常',
    wrong: '有 {n} 项需要处理',
    unknown: '不明',
    imports: '正在导入',
    backups: '数据备份',
    noBackup: '还没有备份。程序每天夜里检查数据并留一份备份。',
    save: '保存',
    acknowledge: '确认已知',
    centreName: '本中心名称',
    centreNameHint: '显示在状态条和文书上',
    subject: {
      store: '数据库',
      journal: '事项记录',
      disk: '磁盘',
      import: '导入 {name}',
      log: '运行日志',
      clock: '时钟',
      station: '本机身份',
      layers: '图层',
      backup: '备份',
      integrity: '数据检查',
    },
    figure: {
      version: '望楼版本',
      uptime: '已运行',
      entries: '记录条数',
      store: '数据库大小',
      free: '磁盘剩余',
      memory: '占用内存',
      programs: '运行环境',
      schema: '结构',
      station: '本机标识',
      directory: '数据目录',
    },
    reason: {
      store: {
        ok: { text: '读写正常。' },
        full: { text: '磁盘已满，写不进去。已保存的内容完好。', next: '腾出磁盘空间；急事先记在纸质接报单上。' },
        readOnly: { text: '数据目录不可写。已保存的内容完好。', next: '检查目录权限，或磁盘是否变为只读。' },
        corrupt: { text: '数据库有损坏。', next: '尽快重新启动：程序会把损坏的文件移开，用最近的完好备份继续。' },
        restored: { text: '数据库曾经损坏，已移到 {setAside}，现用 {copiedAt} 的备份继续。', next: '核对备份之后的内容是否齐全，再确认已知。' },
        startedEmpty: { text: '数据库曾经损坏且没有完好的备份，已移到 {setAside}，现从空数据库开始。', next: '联系维护人员，从外部备份恢复。' },
      },
      journal: {
        ok: { text: '没有待裁定的冲突。' },
        conflicts: { text: '有 {count} 处由两个人填了不同的值。', next: '到“冲突裁定”逐一选定。' },
        fork: { text: '收到同一编号的两份不同记录（{count} 处，如 {entry}）。', next: '后到的一份已隔离。请把此页内容告诉维护人员。' },
        ahead: {
          text: '有 {count} 条记录的时间超前一天以上，暂未显示（如 {entry}）。',
          next: '核对发出方的时钟；到时会自动显示，系统管理员也可在下面放行。',
        },
        newerForm: { text: '有 {count} 条记录由更新的版本写成，暂未显示。', next: '升级本机程序后会自动显示。' },
        erasedBody: { text: '有 {count} 条记录的内容已被删除，删除说明尚未收到。', next: '等待同步，或联系发出方。' },
        waiting: { text: '有 {count} 条记录在等待处理。', next: '等待同步。' },
        importStopped: { text: '一项导入中断了，已写入的保留。', next: '重新启动后会继续；仍不行请联系维护人员。' },
        eraseStopped: { text: '个人信息已从各项记录中删除，但导入文件中的还没有清除（{error}）。', next: '检查磁盘空间；重新启动后会继续。' },
      },
      clock: {
        setBack: { text: '本机时钟被调慢了约 {minutes} 分钟。记录的先后不受影响。', next: '校准系统时间。' },
        ahead: { text: '另一台值班台的时钟快了约 {minutes} 分钟。', next: '请那边校准系统时间。' },
      },
      station: {
        restored: { text: '数据是从备份恢复的，本机已换用新的标识。', next: '核对恢复之后的内容是否齐全。' },
        cloned: { text: '数据目录换了机器或位置，本机已换用新的标识。', next: '确认旧的那份不再使用。' },
        'rolled-back': { text: '数据回到了较早的状态，本机已换用新的标识。', next: '核对最近的内容是否齐全。' },
      },
      disk: {
        ok: { text: '剩余 {freeBytes}。' },
        low: { text: '只剩 {freeBytes}，附件可能存不下。', next: '删除不用的地图包或旧备份，或换更大的磁盘。' },
        unknown: { text: '读不到磁盘剩余空间。' },
      },
      import: { running: { text: '已写入 {rowsDone} / {rowsTotal} 行，完成前列表不全。' } },
      backup: {
        ok: { text: '最近备份 {copiedAt}，最近检查 {checkedAt}。' },
        failed: { text: '备份没有成功（{error}）。', next: '检查磁盘空间；程序每分钟会再试。' },
      },
      log: { lost: { text: '有 {count} 行日志没能写入。', next: '检查磁盘空间。' } },
    },
  },
  en: {
    title: 'Health',
    allWell: 'All is well',
    wrong: '{n} matters need attention',
    unknown: 'unknown',
    imports: 'Imports under way',
    backups: 'Copies of the data',
    noBackup: 'There is no copy yet. Each night the data is checked and copied.',
    save: 'Save',
    acknowledge: 'Acknowledge',
    centreName: 'Name of this centre',
    centreNameHint: 'shown on the strip and on papers',
    subject: {
      store: 'Database',
      journal: 'Journal',
      disk: 'Disk',
      import: 'Import {name}',
      log: 'Log',
      clock: 'Clock',
      station: 'Identity of this station',
      layers: 'Layers',
      backup: 'Backup',
      integrity: 'Data check',
    },
    figure: {
      version: 'Wanglou version',
      uptime: 'Running for',
      entries: 'Entries',
      store: 'Database',
      free: 'Free disk',
      memory: 'Memory',
      programs: 'Programs',
      schema: 'schema',
      station: 'Station id',
      directory: 'Data directory',
    },
    reason: {
      store: {
        ok: { text: 'Reading and writing work.' },
        full: {
          text: 'The disk is full; nothing can be written. What was saved is safe.',
          next: 'Free disk space; note urgent matters on paper meanwhile.',
        },
        readOnly: {
          text: 'The data directory cannot be written to. What was saved is safe.',
          next: 'Check its permissions, or whether the disk has become read-only.',
        },
        corrupt: { text: 'The database is damaged.', next: 'Restart soon: the damaged files are set aside and the newest whole copy is used.' },
        restored: {
          text: 'The database was damaged and set aside as {setAside}; the copy of {copiedAt} is in use.',
          next: 'Check whether what came after it is there, then acknowledge.',
        },
        startedEmpty: {
          text: 'The database was damaged, no copy was whole; it was set aside as {setAside} and an empty one is in use.',
          next: 'Have an outside copy restored.',
        },
      },
      journal: {
        ok: { text: 'No conflict waits for a decision.' },
        conflicts: { text: 'In {count} places two people wrote different values.', next: 'Decide them in the conflict inbox.' },
        fork: {
          text: 'Two different entries of one number arrived ({count}, e.g. {entry}).',
          next: 'The later is set aside. Tell whoever maintains the system.',
        },
        ahead: {
          text: '{count} entries are dated more than a day ahead and are not shown yet (e.g. {entry}).',
          next: 'Check the clock of the sender; they show by themselves in time, or a system administrator lets them in below.',
        },
        newerForm: {
          text: '{count} entries were written by a newer version and are not shown yet.',
          next: 'They show by themselves after an upgrade.',
        },
        erasedBody: {
          text: 'The words of {count} entries were erased; the erasure itself has not arrived.',
          next: 'Wait for synchronisation, or ask the sender.',
        },
        waiting: { text: '{count} entries wait.', next: 'Wait for synchronisation.' },
        importStopped: {
          text: 'An import stopped; what was written stays.',
          next: 'It goes on after a restart; otherwise ask whoever maintains the system.',
        },
        eraseStopped: {
          text: 'Personal data is gone from the records, but not yet from the files they were imported from ({error}).',
          next: 'Check the disk space; it goes on after a restart.',
        },
      },
      clock: {
        setBack: {
          text: 'The clock of this console was set back by about {minutes} minutes. The order of entries is unharmed.',
          next: 'Set the system clock right.',
        },
        ahead: { text: 'The clock of another console is about {minutes} minutes ahead.', next: 'Have its system clock set right.' },
      },
      station: {
        restored: {
          text: 'The data was restored from a copy; this station has a new identity.',
          next: 'Check that what came after the copy is there.',
        },
        cloned: {
          text: 'The data directory has moved to another machine or place; this station has a new identity.',
          next: 'Make sure the old one is used no more.',
        },
        'rolled-back': { text: 'The data went back to an earlier state; this station has a new identity.', next: 'Check that the latest is there.' },
      },
      disk: {
        ok: { text: '{freeBytes} free.' },
        low: { text: 'Only {freeBytes} left; attachments may not fit.', next: 'Remove unused map packs or old copies, or fit a larger disk.' },
        unknown: { text: 'The free space cannot be read.' },
      },
      import: { running: { text: '{rowsDone} of {rowsTotal} rows written; lists are incomplete until it is done.' } },
      backup: {
        ok: { text: 'Last copy {copiedAt}, last check {checkedAt}.' },
        failed: { text: 'The copy could not be made ({error}).', next: 'Check the disk space; it is tried again each minute.' },
      },
      log: { lost: { text: '{count} lines of the log could not be written.', next: 'Check the disk space.' } },
    },
  },
}
export default messages
