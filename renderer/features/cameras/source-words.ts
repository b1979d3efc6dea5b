// Kinds of sources in the administrator's words, with what an address of each looks like.
export const kindsZh = {
  rtsp: 'RTSP 摄像机',
  onvif: 'ONVIF 摄像机',
  gb28181: '国标 GB/T 28181（经视频平台）',
  whep: 'WHEP（其他流媒体服务器）',
  flv: 'HTTP-FLV 或 WS-FLV',
  rtmp: 'RTMP 推流（无人机、布控球）',
  hls: 'HLS',
  mjpeg: 'MJPEG',
  still: '静止图像',
  film: '本机影片（演练用）',
}
export const hintsZh = {
  rtsp: 'rtsp://地址:端口/路径；账号口令写在里面也会单独加密保存',
  onvif: 'http://地址:端口/onvif/device_service#码流标识',
  gb28181: '从“视频平台”的目录里选，不用手填',
  whep: 'https://地址/路径；只有令牌时，账号留空，令牌填在口令里',
  flv: 'http://地址/路径.flv 或 ws://地址/路径.flv',
  rtmp: '',
  hls: 'https://地址/路径.m3u8',
  mjpeg: 'http://地址/路径',
  still: 'http://地址/路径.jpg',
  film: '数据目录 films 文件夹里的文件名，例如 演练.mp4',
}
export const pushZh = {
  saveFirst: '先保存，再回到这里生成推流密钥。',
  renew: '生成新的推流密钥',
  renewText: '密钥只显示这一次，请立即填到设备上；旧密钥同时作废。',
  server: '推流地址',
  key: '密钥',
  refused: '最近一次被拒绝的推流来自 {from}：',
}
export const kindsEn: typeof kindsZh = {
  rtsp: 'RTSP camera',
  onvif: 'ONVIF camera',
  gb28181: 'GB/T 28181 (through a video platform)',
  whep: 'WHEP (another media server)',
  flv: 'HTTP-FLV or WS-FLV',
  rtmp: 'RTMP push (UAV, portable camera)',
  hls: 'HLS',
  mjpeg: 'MJPEG',
  still: 'Still image',
  film: 'Film on this machine (drills)',
}
export const hintsEn: typeof hintsZh = {
  rtsp: 'rtsp://address:port/path; a user name and password in it are taken out and kept encrypted',
  onvif: 'http://address:port/onvif/device_service#profile',
  gb28181: 'Chosen from the directory of a video platform',
  whep: 'https://address/path; a token alone goes into the password, the user name stays empty',
  flv: 'http://address/path.flv or ws://address/path.flv',
  rtmp: '',
  hls: 'https://address/path.m3u8',
  mjpeg: 'http://address/path',
  still: 'http://address/path.jpg',
  film: 'Name of a file in the folder “films” of the data directory, e.g. drill.mp4',
}
export const pushEn: typeof pushZh = {
  saveFirst: 'Save first, then make a key here.',
  renew: 'Make a new stream key',
  renewText: 'The key is shown this once: enter it on the device now. The old key ends with it.',
  server: 'Push address',
  key: 'Key',
  refused: 'The last push that was refused came from {from}:',
}
