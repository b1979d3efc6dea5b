// Words of a tile's acts (turning the camera, pictures into an incident), and of cameras on the wall.
export const ptzZh = {
  title: '云台',
  speed: '速度',
  close: '收起云台',
  toPoint: '转向所点位置',
  move: {
    up: '上',
    down: '下',
    left: '左',
    right: '右',
    upLeft: '左上',
    upRight: '右上',
    downLeft: '左下',
    downRight: '右下',
    zoomIn: '拉近',
    zoomOut: '推远',
    focusNear: '聚焦近',
    focusFar: '聚焦远',
    irisOpen: '光圈开',
    irisClose: '光圈关',
  },
}
export const talkZh = {
  hold: '按住对讲',
  opening: '正在接通…',
  talking: '正在讲话，松开结束',
  taken: '{name}正在对讲',
  denied: '浏览器没有给麦克风权限。请在地址栏左侧放开，再按住对讲。',
  none: '这台机器没有麦克风。请接上再按住对讲。',
  busy: '麦克风正被别的程序占用。请关掉它，再按住对讲。',
  other: '麦克风打不开。请检查接线和系统声音设置，再按住对讲。',
}
export const talkEn: typeof talkZh = {
  hold: 'Hold to talk',
  opening: 'Connecting…',
  talking: 'Talking; let go to end',
  taken: '{name} is talking',
  denied: 'The browser does not give the microphone. Allow it at the left of the address bar, then hold to talk.',
  none: 'This machine has no microphone. Plug one in, then hold to talk.',
  busy: 'Another program holds the microphone. Close it, then hold to talk.',
  other: 'The microphone does not open. Check its cable and the sound settings, then hold to talk.',
}
export const toIncidentZh = {
  open: '存入事件',
  title: '存入事件',
  choose: '选择事件',
  picture: '存一张截图',
  clip: '录 {seconds} 秒存入',
  done: '{file} 已存入事件，可在时间轴查看。',
  noPicture: '画面刚刚断了，没有存成。等画面回来再存一次。',
}
export const ptzEn: typeof ptzZh = {
  title: 'Turn',
  speed: 'Speed',
  close: 'Put away',
  toPoint: 'Turn to the point',
  move: {
    up: 'Up',
    down: 'Down',
    left: 'Left',
    right: 'Right',
    upLeft: 'Up left',
    upRight: 'Up right',
    downLeft: 'Down left',
    downRight: 'Down right',
    zoomIn: 'Zoom in',
    zoomOut: 'Zoom out',
    focusNear: 'Focus near',
    focusFar: 'Focus far',
    irisOpen: 'Iris open',
    irisClose: 'Iris close',
  },
}
export const toIncidentEn: typeof toIncidentZh = {
  open: 'To incident',
  title: 'Into an incident',
  choose: 'Choose an incident',
  picture: 'Keep a picture',
  clip: 'Record {seconds} s',
  done: '{file} is on the time line of the incident.',
  noPicture: 'The picture was lost just now; nothing was kept. Try again when it is back.',
}

export const toConferenceZh = {
  open: '带入会商',
  title: '带入会商',
  choose: '选一次会商',
  room: '{title}（{n} 人在会）',
  none: '没有正在进行的会商',
  noneText: '请先在“会商”里开会并加入，再把摄像机带进来。',
  bring: '带入',
  done: '{camera} 已在会商里；主持人可以固定、全体看或移出。',
}

export const toConferenceEn = {
  open: 'Into conference',
  title: 'Into a conference',
  choose: 'Choose a conference',
  room: '{title} ({n} present)',
  none: 'No conference is under way',
  noneText: 'Open and join one on the conference page first, then bring the camera in.',
  bring: 'Bring in',
  done: '{camera} is in the conference; the chair may spotlight it or take it out.',
}

export const recordZh = {
  title: '录像',
  day: '哪一天',
  none: '这一天没有录像',
  noneText: '换一天再查；平台保存的天数由设备的硬盘决定。',
  span: '{from} 至 {to}',
  of: '{name} 录像 {from} 至 {to}',
  state: { opening: '正在调取', playing: '正在回放', paused: '已暂停' },
  pause: '暂停',
  resume: '继续',
  position: '录像位置',
  speed: '回放速度',
  times: '{n} 倍速',
  live: '看实时',
}

export const recordEn = {
  title: 'Recordings',
  day: 'Day',
  none: 'Nothing was recorded on this day',
  noneText: 'Try another day; how many days are kept is decided by the disk of the device.',
  span: '{from} to {to}',
  of: 'Recording of {name}, {from} to {to}',
  state: { opening: 'Fetching', playing: 'Playing', paused: 'Paused' },
  pause: 'Pause',
  resume: 'Go on',
  position: 'Position',
  speed: 'Speed',
  times: '{n} ×',
  live: 'Live picture',
}

export const wallZh = {
  none: '还没有选摄像机',
  gone: '这台摄像机已从列表中移除',
  loading: '正在读取…',
  unread: '暂时读不到，恢复后自动显示',
  connecting: '正在取画面…',
  away: '取不到画面，正在重试',
  noStill: '还没有截图',
  still: '{age}的画面',
}
export const wallEn: typeof wallZh = {
  none: 'No camera chosen yet',
  gone: 'This camera was removed from the list',
  loading: 'Reading…',
  unread: 'Cannot be read now; comes back by itself',
  connecting: 'Getting the picture…',
  away: 'No picture; trying again',
  noStill: 'No still yet',
  still: 'Picture of {age}',
}
