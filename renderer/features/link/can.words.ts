// Words of 现在还能做什么: why each works or not (`link.can.*`), and what to do (`link.do.*`).
import type { MessageTree } from '../../app/feature.ts'

export const canZh: MessageTree = {
  heading: '现在还能做什么',
  state: { works: '能用', old: '能用，数据旧', fails: '不能用' },
  name: {
    map: '地图',
    plans: '预案',
    resources: '资源',
    'report-up': '向上报告',
    'conference-up': '与上级会商',
    'conference-local': '本级会商',
    cameras: '看视频',
    publish: '发布预警',
    wall: '大屏',
  },
  map: {
    packs: '本机有 {packs} 个离线地图包，断网照常。',
    packsOnly: '本机有 {packs} 个离线地图包，照常；{silent} 个在线图层现在打不开。',
    online: '{answering} 个在线图层可用；没有离线地图包，断网后只有看过的地方。',
    cached: '{silent} 个在线图层打不开，只能看以前存下的部分。',
    builtIn: '只有自带的区划轮廓和地名，没有道路和影像。',
    builtInOnly: '{silent} 个在线图层打不开，只有自带的区划轮廓和地名。',
  },
  plans: {
    none: '还没有录入预案。',
    here: '{count} 份都在本机，最近一次录入 {newestAt}。',
    cut: '{count} 份在本机可查；与{name}断开后的改动还没有收到。',
    cutCentre: '{count} 份在本机可查；其他值班台的改动还没有收到。',
  },
  resources: {
    none: '还没有录入资源。',
    here: '{count} 条都在本机，最近一次更新 {newestAt}。',
    cut: '{count} 条在本机可查；与{name}断开后的改动还没有收到。',
    cutCentre: '{count} 条在本机可查；其他值班台的改动还没有收到，预占待确认。',
    untouched: '{count} 条在本机可查，最近一次更新 {newestAt}，可能与实际不符。',
  },
  'report-up': {
    byTelephone: '用电话、传真或邮件报送，每次都留记录。',
    byLink: '到{name}的链路正常，电话、传真照常可用。',
    slow: '到{name}的链路慢，报告会晚到，急事先打电话。',
    narrow: '到{name}是窄带，事件和报告先传，其他排队（待传 {waiting} 条）。',
    cut: '到{name}的链路 {since} 断开，待传 {waiting} 条，恢复后自动补传。',
    refused: '{name}从 {since} 起拒绝本机接入，待传 {waiting} 条，都在本机。',
  },
  'conference-up': { notBuilt: '这个版本还不能与上级视频会商。' },
  'conference-local': {
    here: '可在本台召开；各值班台之间还不能互通，别处的人请电话接入。',
    noSfu: '本机缺少会商服务程序，不能召开。',
  },
  cameras: {
    none: '还没有录入摄像机。',
    here: '已录入 {count} 路；各路是否有画面，看“视频”页。',
    noSfu: '本机缺少视频服务程序，看不了。',
  },
  publish: { notBuilt: '这个版本不能直接发布。' },
  wall: { notBuilt: '这个版本没有专门的大屏页面。' },
}

export const doZh: MessageTree = {
  map: { addPack: '请在“图层”里导入一个离线地图包。' },
  plans: { import: '请到“预案”里录入本级预案。', ask: '用到最新内容时，请打电话核对。' },
  resources: {
    import: '请到“资源”里导入台账。',
    ask: '调用前请打电话向单位核实。',
    verify: '请逐个单位打电话核对，或重新导入台账。',
  },
  'report-up': { telephone: '请先打电话报告，再发传真；在报告里记下谁接的。' },
  'conference-up': { instead: '请用电话，或原有的会议系统。' },
  'conference-local': { setUp: '请维护人员运行 npm run setup:sfu；其间用电话会议。' },
  cameras: {
    add: '请系统管理员到“视频”页录入；其间打电话请视频平台值班人员调看并口述。',
    setUp: '请维护人员运行 npm run setup:sfu；其间打电话请人调看并口述。',
  },
  publish: { instead: '请按预案打电话通知发布单位，用原有渠道发布。' },
  wall: { instead: '可把本页面拖到第二块屏幕上全屏显示（F11）。' },
}

export const canEn: MessageTree = {
  heading: 'What can be done now',
  state: { works: 'works', old: 'works, old data', fails: 'does not work' },
  name: {
    map: 'Map',
    plans: 'Plans',
    resources: 'Resources',
    'report-up': 'Reporting up',
    'conference-up': 'Conference up',
    'conference-local': 'Conference here',
    cameras: 'Cameras',
    publish: 'Publishing',
    wall: 'Video wall',
  },
  map: {
    packs: '{packs} map packs on this machine; no network is needed.',
    packsOnly: '{packs} map packs on this machine; {silent} online layers cannot be reached now.',
    online: '{answering} online layers answer; without a map pack only places seen before remain when the network goes.',
    cached: '{silent} online layers cannot be reached; only what was kept earlier is shown.',
    builtIn: 'Only the outlines and names that come with the program; no roads, no imagery.',
    builtInOnly: '{silent} online layers cannot be reached; only outlines and names that come with the program.',
  },
  plans: {
    none: 'No plan has been taken in yet.',
    here: '{count} on this machine, the newest taken in {newestAt}.',
    cut: '{count} on this machine; changes since the line to {name} was cut have not come.',
    cutCentre: '{count} on this machine; changes of other consoles have not come.',
  },
  resources: {
    none: 'No resource has been taken in yet.',
    here: '{count} on this machine, last updated {newestAt}.',
    cut: '{count} on this machine; changes since the line to {name} was cut have not come.',
    cutCentre: '{count} on this machine; changes of other consoles have not come, reservations are unconfirmed.',
    untouched: '{count} on this machine, last updated {newestAt}; they may no longer be true.',
  },
  'report-up': {
    byTelephone: 'By telephone, fax or e-mail; each is recorded.',
    byLink: 'The line to {name} stands; telephone and fax as always.',
    slow: 'The line to {name} is slow and reports arrive late; telephone first when it is urgent.',
    narrow: 'The line to {name} is narrow: incidents and reports go first, the rest waits ({waiting}).',
    cut: 'The line to {name} was cut at {since}; {waiting} wait and go by themselves when it is back.',
    refused: '{name} has refused this station since {since}; {waiting} wait, all safe here.',
  },
  'conference-up': { notBuilt: 'This release cannot hold a conference with the centre above yet.' },
  'conference-local': {
    here: 'Can be held on this console; consoles cannot join each other yet, people elsewhere are rung.',
    noSfu: 'The program that carries conferences is missing on this machine.',
  },
  cameras: {
    none: 'No camera has been entered yet.',
    here: '{count} entered; the page Cameras says which of them give a picture.',
    noSfu: 'The program that carries pictures is missing on this machine.',
  },
  publish: { notBuilt: 'This release cannot publish by itself.' },
  wall: { notBuilt: 'This release has no page made for a video wall.' },
}

export const doEn: MessageTree = {
  map: { addPack: 'Take in a map pack under Layers.' },
  plans: { import: 'Take in your plans under Plans.', ask: 'Check by telephone when the latest matters.' },
  resources: {
    import: 'Take in the register under Resources.',
    ask: 'Check with the unit by telephone before relying on it.',
    verify: 'Check with the units by telephone, or take the register in anew.',
  },
  'report-up': { telephone: 'Report by telephone first, then by fax; note in the report who took it.' },
  'conference-up': { instead: 'Use the telephone, or the conference system you have.' },
  'conference-local': { setUp: 'Have npm run setup:sfu run by whoever maintains it; meanwhile use a telephone conference.' },
  cameras: {
    add: 'Have the system administrator enter them on the page Cameras; meanwhile telephone the video platform and have them look and tell.',
    setUp: 'Have npm run setup:sfu run by whoever maintains it; meanwhile telephone the video platform.',
  },
  publish: { instead: 'Telephone those who publish, as the plan says, and use the usual channels.' },
  wall: { instead: 'Drag this page to a second display and show it full screen (F11).' },
}
