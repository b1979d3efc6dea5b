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
    centreName: '本中心名称',
    centreNameHint: '显示在状态条和文书上',
    subject: { store: '数据库', journal: '事项记录', disk: '磁盘', import: '导入 {name}', log: '运行日志', layers: '图层', backup: '备份', integrity: '数据检查' },
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
        corrupt: { text: '数据库有损坏。', next: '停止使用本机，联系维护人员从备份恢复。' },
      },
      journal: {
        ok: { text: '没有待裁定的冲突。' },
        conflicts: { text: '有 {count} 处由两个人填了不同的值。', next: '到“冲突裁定”逐一选定。' },
      },
      disk: {
        ok: { text: '剩余 {freeBytes}。' },
        low: { text: '只剩 {freeBytes}，附件可能存不下。', next: '删除不用的地图包或旧备份，或换更大的磁盘。' },
        unknown: { text: '读不到磁盘剩余空间。' },
      },
      import: { running: { text: '已写入 {rowsDone} / {rowsTotal} 行，完成前列表不全。' } },
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
    centreName: 'Name of this centre',
    centreNameHint: 'shown on the strip and on papers',
    subject: { store: 'Database', journal: 'Journal', disk: 'Disk', import: 'Import {name}', log: 'Log', layers: 'Layers', backup: 'Backup', integrity: 'Data check' },
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
        full: { text: 'The disk is full; nothing can be written. What was saved is safe.', next: 'Free disk space; note urgent matters on paper meanwhile.' },
        readOnly: { text: 'The data directory cannot be written to. What was saved is safe.', next: 'Check its permissions, or whether the disk has become read-only.' },
        corrupt: { text: 'The database is damaged.', next: 'Stop using this console and have a copy restored.' },
      },
      journal: {
        ok: { text: 'No conflict waits for a decision.' },
        conflicts: { text: 'In {count} places two people wrote different values.', next: 'Decide them in the conflict inbox.' },
      },
      disk: {
        ok: { text: '{freeBytes} free.' },
        low: { text: 'Only {freeBytes} left; attachments may not fit.', next: 'Remove unused map packs or old copies, or fit a larger disk.' },
        unknown: { text: 'The free space cannot be read.' },
      },
      import: { running: { text: '{rowsDone} of {rowsTotal} rows written; lists are incomplete until it is done.' } },
      log: { lost: { text: '{count} lines of the log could not be written.', next: 'Check the disk space.' } },
    },
  },
}
export default messages
