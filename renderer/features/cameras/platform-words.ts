// Words of video platforms and of ONVIF cameras.
export const platformZh = {
  title: '视频平台',
  address: '平台地址',
  hint: 'http://10.0.0.5:18080',
  add: '添加平台',
  noLogin: '本机没有口令',
  choose: '从左边选一个平台',
  chooseText: '选中后列出平台上的设备和通道，勾选要用的通道加入摄像机列表。',
  online: '在线',
  offline: '离线',
  known: '已在列表',
  take: '添加选中的 {n} 路',
  added: '已添加 {n} 路摄像机。',
}
export const onvifZh = {
  search: '查找本网摄像机',
  read: '读取码流',
  none: '本网没有找到 ONVIF 摄像机；不在同一网段的请手填地址。',
  found: '找到 {n} 路码流，已填好主码流和子码流。',
}
export const platformEn: typeof platformZh = {
  title: 'Video platforms',
  address: 'Platform address',
  hint: 'http://10.0.0.5:18080',
  add: 'Add platform',
  noLogin: 'no password here',
  choose: 'Choose a platform on the left',
  chooseText: 'Its devices and channels are listed; tick the channels that shall be in the camera list.',
  online: 'online',
  offline: 'offline',
  known: 'in the list',
  take: 'Add the {n} chosen',
  added: '{n} cameras added.',
}
export const onvifEn: typeof onvifZh = {
  search: 'Find cameras on this network',
  read: 'Read streams',
  none: 'No ONVIF camera was found here; enter the address of one that is on another network.',
  found: '{n} streams found; main and sub-stream are filled in.',
}
