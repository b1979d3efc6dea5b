// Why a picture does not come, and what to do, in Chinese.
export const hopsZh = {
  address: '地址',
  name: '域名解析',
  connection: '网络连接',
  certificate: '证书',
  protocol: '协议',
  login: '登录',
  stream: '码流',
  transport: '传输方式',
  media: '媒体数据',
  codec: '编码',
  picture: '画面',
  sfu: '本机转发',
}
export const faultsZh = {
  'address-invalid': { what: '取流地址写得不对。', next: '请系统管理员按接入方式核对地址。' },
  'name-unresolved': { what: '摄像机的域名解析不到地址。', next: '核对域名，或改用 IP 地址；再请网络管理员查域名服务。' },
  'host-unreachable': { what: '网络到不了摄像机。', next: '请网络管理员查交换机、专线和路由。' },
  'port-closed': {
    what: '对方主机在，但端口 {port} 没有开。',
    next: '核对地址里的端口（{protocol} 通常是 {usual}），查对方的取流服务是否开启，防火墙是否放行。',
  },
  'connect-timeout': { what: '连接摄像机没有回应。', next: '查摄像机是否通电、网络是否连通、防火墙是否拦截。' },
  'connection-lost': { what: '与摄像机的连接断了。', next: '程序会自动重连；反复中断请查网络和摄像机供电。' },
  certificate: { what: '对方的证书不可信，没有连接。', next: '请系统管理员打开“取流诊断”，核对指纹后信任这张证书；或在对方设备上换可信证书。' },
  'certificate-changed': {
    what: '对方的证书变了，不是原来信任的那一张，没有连接。',
    next: '可能是设备换了证书，也可能有人在中间冒充：请系统管理员打开“取流诊断”，核对指纹，一致才重新信任。',
  },
  'not-the-protocol': { what: '对方有回应，但说的不是取流协议。', next: '核对端口：可能填成了网页端口。' },
  'answer-too-large': { what: '摄像机的回应大得不正常，已停止接收。', next: '重启摄像机；仍然如此请升级摄像机固件。' },
  'no-answer': { what: '摄像机接通了，但 {seconds} 秒没有应答（{method}）。', next: '重启摄像机，或减少同时取流的数量。' },
  'redirect-loop': { what: '摄像机让程序转来转去，没有给出码流。', next: '请系统管理员改填最终的取流地址。' },
  unauthorised: { what: '账号或口令不对。', next: '请系统管理员重填口令；为免摄像机锁定账号，程序每 5 分钟才再试一次。' },
  'password-missing': {
    what: '摄像机要账号口令，本机没有保存。',
    next: '口令只留在填写它的那台主机上，不会传到别的主机。请系统管理员在本机打开这路摄像机，填一次账号和口令。',
  },
  'password-elsewhere': {
    what: '地址换了主机（现在是 {host}），请重新填写口令。',
    next: '原来的口令是为另一台主机填的，没有送出。请系统管理员核对新地址，在本机打开这路摄像机，重新填写账号和口令。',
  },
  'clock-skew': { what: '摄像机的时钟差 {seconds} 秒，登录不被接受。', next: '请给摄像机校时。' },
  forbidden: { what: '这个账号没有看这路画面的权限。', next: '请在摄像机上给账号开预览权限。' },
  'no-such-stream': { what: '摄像机上没有这路码流。', next: '核对地址里的通道号和码流号。' },
  busy: { what: '摄像机的取流路数已满。', next: '关掉其他取流的程序，或改用子码流。' },
  'server-error': { what: '摄像机拒绝了请求（{status}）。', next: '重启摄像机；仍然如此请联系厂家。' },
  'platform-silent': { what: '视频平台 {seconds} 秒没有应答。', next: '请视频平台管理员检查平台服务；同一平台的其他摄像机也会受影响。' },
  'camera-silent': {
    what: '视频平台正常，但摄像机没有应答平台（平台的说法：{said}）。',
    next: '请视频平台管理员查这台摄像机是否在线、供电和网络是否正常；别的摄像机不受影响。',
  },
  'not-offered': { what: '这台摄像机不支持这个动作。', next: '换一个动作，或在摄像机自己的页面上调。' },
  'description-invalid': { what: '摄像机给的码流说明读不懂。', next: '升级摄像机固件，或换一路码流。' },
  'no-video': { what: '这路码流没有视频。', next: '核对地址，可能是音频通道。' },
  'transport-refused': { what: '摄像机不接受这种传输方式。', next: '把传输方式改成“自动”。' },
  'no-media': { what: '摄像机答应了，但 {seconds} 秒没有送来数据。', next: '查防火墙是否拦 UDP；把传输方式改成 TCP。' },
  'sdp-address': { what: '没有数据送来，摄像机自称的地址是 {named}，与接入地址不同。', next: '把传输方式改成 TCP，或在摄像机上改正网络地址。' },
  'record-over': { what: '这段录像已经放完。', next: '拖动进度条可以重放，或关闭录像看实时画面。' },
  stalled: { what: '已有 {seconds} 秒没有新数据。', next: '程序会自动重新取流；常发生请查网络。' },
  'codec-unplayable': { what: '编码是 {codec}，页面放不了。', next: '在摄像机上把编码改成 H.264，或填一路 H.264 的子码流。' },
  'packing-unplayable': { what: '码流的打包方式页面放不了。', next: '在摄像机上关闭交织打包，或换一路码流。' },
  'no-parameter-sets': { what: '有数据，但缺解码参数，出不了画面。', next: '重启摄像机；仍然如此请升级固件。' },
  'b-frames': { what: '码流含 B 帧，画面会跳动。', next: '在摄像机上把编码档次改成 Baseline，或关闭 B 帧。' },
  'rare-key-frames': { what: '关键帧间隔 {seconds} 秒，新打开的画面要等。', next: '在摄像机上把关键帧间隔改成 2 秒以内。' },
  loss: { what: '来自摄像机的数据丢了 {percent}%。', next: '把传输方式改成 TCP；再查网络。' },
  'no-key-frame': { what: '{seconds} 秒没有收到关键帧，出不了画面。', next: '在摄像机上把关键帧间隔改成 2 秒以内。' },
  'push-waiting': { what: '设备还没有开始推流。', next: '在设备上填好推流地址和密钥，再点开始推流。' },
  'capture-away': {
    what: '采集卡接在席位“{console}”上，那台席位现在没有开着望楼页面，或者连不上。',
    next: '请那台席位的人打开望楼并登录；画面会自己回来。',
  },
  'capture-denied': {
    what: '席位“{console}”的浏览器没有给摄像头权限，采集不了。',
    next: '请那台席位的人在浏览器里允许使用摄像头；允许后画面会自己回来。',
  },
  'capture-no-device': {
    what: '席位“{console}”上找不到采集设备“{device}”。',
    next: '请检查采集卡是否插好；换过设备的，请系统管理员重新选择。',
  },
  'capture-busy': {
    what: '席位“{console}”的采集设备“{device}”打不开，可能正被别的程序占用。',
    next: '请关掉那台席位上占用它的程序，或拔下采集卡再插上。',
  },
  'capture-no-sound': {
    what: '画面正常，但席位“{console}”上取不到声音“{device}”。',
    next: '请那台席位的人检查音频线是否插好、浏览器是否允许使用麦克风；插好后声音会自己回来。',
  },
  'push-port-taken': {
    what: '接收推流的端口 {port} 被本机别的程序占用。',
    next: '请系统管理员关掉占用的程序，或在 config.json 的 media.push 换一个端口。',
  },
  'no-picture-format': { what: '送来的不是 JPEG 图像。', next: '核对地址，可能是网页而不是图像。' },
  'sfu-missing': { what: '本机的视频转发程序没有安装。', next: '请系统管理员运行 npm run setup:sfu。' },
  'sfu-lost': { what: '本机的视频转发程序刚刚重启。', next: '画面会自己回来，不用操作。' },
}

/** Where it is not the camera's own fault. */
export const faultsOfZh = {
  platform: {
    'name-unresolved': { what: '视频平台的域名解析不到地址。', next: '请系统管理员核对视频平台的地址，或改用 IP 地址。' },
    'host-unreachable': { what: '网络到不了视频平台。', next: '请网络管理员查到视频平台的专线和路由；同一平台的其他摄像机也会受影响。' },
    'port-closed': {
      what: '视频平台的主机在，但端口 {port} 没有开。',
      next: '请视频平台管理员查平台服务是否在运行；再请系统管理员核对平台地址里的端口。',
    },
    'connection-lost': { what: '与视频平台的连接断了。', next: '程序会自动再问；反复中断请网络管理员查到平台的网络。' },
    certificate: {
      what: '视频平台的证书不可信，没有连接。',
      next: '请系统管理员打开“视频平台”，核对指纹后信任它的证书；或请视频平台管理员换可信证书。',
    },
    'certificate-changed': {
      what: '视频平台的证书变了，不是原来信任的那一张，没有连接。',
      next: '可能是平台换了证书，也可能有人在中间冒充：请系统管理员向视频平台管理员核对指纹，一致才在“视频平台”里重新信任。',
    },
    'not-the-protocol': { what: '对方有回应，但不是视频平台的接口。', next: '请系统管理员核对视频平台的地址和端口。' },
    'answer-too-large': { what: '视频平台的回应大得不正常，已停止接收。', next: '请视频平台管理员检查平台服务。' },
    'redirect-loop': { what: '视频平台让程序转来转去，没有给出回答。', next: '请系统管理员改填视频平台最终的地址。' },
    unauthorised: { what: '视频平台不接受账号或口令。', next: '请系统管理员在“视频平台”里重填口令；为免账号被锁，程序每 5 分钟才再试一次。' },
    'password-missing': {
      what: '视频平台要账号口令，本机没有保存。',
      next: '口令只留在填写它的那台主机上。请系统管理员在本机打开“视频平台”，填一次账号和口令。',
    },
    'password-elsewhere': {
      what: '视频平台的地址换了主机（现在是 {host}），请重新填写口令。',
      next: '原来的口令是为另一台主机填的，没有送出。请系统管理员核对新地址，在本机打开“视频平台”，重新填写账号和口令。',
    },
    forbidden: { what: '视频平台的账号没有看这路画面的权限。', next: '请视频平台管理员给账号开权限。' },
    'no-such-stream': { what: '视频平台上没有这台摄像机。', next: '请系统管理员打开“视频平台”的目录，重新添加这台摄像机。' },
    'server-error': { what: '视频平台没有照办（{status}：{said}）。', next: '请视频平台管理员按这句话检查平台服务。' },
    'no-video': { what: '视频平台没有给出 RTSP 取流地址。', next: '请视频平台管理员查媒体服务器是否开启 RTSP。' },
    'not-offered': { what: '视频平台或这台摄像机不支持这个动作。', next: '换一个动作，或请视频平台管理员在平台上调。' },
  },
  relay: {
    'name-unresolved': { what: '视频平台的媒体服务器的域名解析不到地址。', next: '请视频平台管理员核对媒体服务器对外报的地址，应是本机能到的 IP。' },
    'host-unreachable': {
      what: '网络到不了视频平台的媒体服务器。',
      next: '请视频平台管理员核对媒体服务器对外报的地址，请网络管理员查路由和防火墙。',
    },
    'port-closed': {
      what: '视频平台的媒体服务器在，但端口 {port} 没有开。',
      next: '请视频平台管理员查媒体服务器是否开启 {protocol}，防火墙是否放行。',
    },
    'connect-timeout': {
      what: '连接视频平台的媒体服务器没有回应。',
      next: '请视频平台管理员核对媒体服务器对外报的地址，请网络管理员查防火墙是否拦截。',
    },
    'connection-lost': { what: '与视频平台的媒体服务器的连接断了。', next: '程序会自动重连；反复中断请查到平台的网络。' },
    certificate: {
      what: '视频平台的媒体服务器的证书不可信，没有连接。',
      next: '请系统管理员打开“取流诊断”，核对指纹后信任它的证书；或请视频平台管理员换可信证书。',
    },
    'certificate-changed': {
      what: '视频平台的媒体服务器的证书变了，不是原来信任的那一张，没有连接。',
      next: '可能是平台换了证书，也可能有人在中间冒充：请系统管理员向视频平台管理员核对指纹，一致才重新信任。',
    },
    'not-the-protocol': { what: '视频平台的媒体服务器说的不是取流协议。', next: '请视频平台管理员核对媒体服务器对外报的端口。' },
    'no-answer': { what: '视频平台的媒体服务器接通了，但 {seconds} 秒没有应答（{method}）。', next: '请视频平台管理员检查媒体服务器。' },
    unauthorised: { what: '视频平台的媒体服务器不接受取流。', next: '请视频平台管理员查媒体服务器的取流鉴权。' },
    'password-missing': { what: '视频平台的媒体服务器要口令才给取流。', next: '请视频平台管理员查媒体服务器的取流鉴权，对本机放行。' },
    forbidden: { what: '视频平台的媒体服务器不许本机取流。', next: '请视频平台管理员查媒体服务器的取流鉴权，对本机放行。' },
    'no-such-stream': { what: '视频平台的媒体服务器上没有这路码流。', next: '程序会请平台重新点播；一直不行请视频平台管理员检查媒体服务器。' },
    'server-error': { what: '视频平台的媒体服务器拒绝了请求（{status}）。', next: '请视频平台管理员检查媒体服务器。' },
    'no-media': { what: '视频平台答应了，但 {seconds} 秒没有送来数据。', next: '请视频平台管理员查这台摄像机的网络；再查防火墙是否拦 UDP。' },
  },
  station: {
    'no-media': {
      what: '望楼主机已有画面，但 {seconds} 秒没有送到这台席位。',
      next: '请网络管理员放行席位与望楼主机之间的 UDP；席位与主机是同一台机器时，请关掉拦截的安全软件。',
    },
  },
  server: {
    'no-media': {
      what: '视频服务器答应了，但画面 {seconds} 秒没有到这台席位。',
      next: '这种画面由视频服务器直接送到席位：请网络管理员放行席位与该服务器之间的 UDP，并核对服务器对外报的地址。',
    },
  },
}
