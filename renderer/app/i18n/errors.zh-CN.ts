// Each error code in Chinese: what happened, what is safe, what to do next.
import type { ErrorWords } from '../errors.ts'
import type { PageErrorCode } from '../page-error.ts'

export const zhErrors: Record<PageErrorCode, ErrorWords> = {
  UNREACHABLE: {
    what: '值班台程序没有应答。',
    safe: '已提交并显示成功的内容都在本机保存好了；刚才这一步没有确认。',
    next: '页面会自动重连。恢复后请核对刚才这一步，没有就再做一次。',
  },
  INTERNAL: {
    what: '程序内部出错，这一步没有完成。',
    safe: '此前已提交的内容不受影响，错误已记入日志。',
    next: '再试一次；仍不行请记下时间，告诉系统管理员，事情先用电话和纸质接报单办。',
  },
  INVALID_INPUT: {
    what: '填写的内容有不合要求的地方。',
    safe: '没有写入任何内容，您填的还在页面上。',
    next: '看标出的栏目，改好后再提交。',
  },
  UNAUTHENTICATED: {
    what: '尚未登录，或登录已失效。',
    safe: '草稿已保存在本机。',
    next: '请重新登录，然后接着做。',
  },
  FORBIDDEN: {
    what: '您的角色不能做这一步。',
    safe: '没有改动任何内容。',
    next: '请有权限的人来做，或向安全管理员申请授权。',
  },
  NOT_FOUND: {
    what: '要找的记录不在本机。',
    safe: '没有改动任何内容。',
    next: '可能已被删除或尚未同步，返回列表再找。',
  },
  CONFLICT: {
    what: '这条记录刚被别人改过。',
    safe: '双方的内容都留着，没有覆盖。',
    next: '看一下最新内容，再决定怎么改。',
  },
  TOO_LARGE: {
    what: '内容超过了允许的大小。',
    safe: '没有写入任何内容，原件未动。',
    next: '拆小后再提交，或作为附件上传。',
  },
  TOO_MANY: {
    what: '短时间内发来的太多，暂不再收。',
    safe: '已经收下的都在；这一条没有收。',
    next: '请一分钟后再发；一直这样请检查发送的程序。',
  },
  TIMEOUT: {
    what: '等得太久，没有结果。',
    safe: '没有确认的这一步可能未完成，其他内容不受影响。',
    next: '稍等再试；涉及外部线路的，先用电话联系。',
  },
  CANCELLED: {
    what: '已按您的要求取消。',
    safe: '取消之前已写入的内容保留。',
    next: '需要时重新开始即可。',
  },
  DISK_FULL: {
    what: '磁盘已满，无法写入。',
    safe: '已保存的内容完好；这一步没有写入，您填的还在页面上。',
    next: '请系统管理员清理磁盘或更换数据目录；急事先记在纸质接报单上。',
  },
  READ_ONLY: {
    what: '数据目录只能读，不能写。',
    safe: '已有内容可以照常查看。',
    next: '请系统管理员检查数据目录的权限或磁盘状态。',
  },
  DATABASE_NEWER: {
    what: '数据由更新版本的程序写成，这个版本不能打开。',
    safe: '数据没有被改动。',
    next: '请安装不低于该版本的程序后再启动。',
  },
  DATABASE_CORRUPT: {
    what: '数据库文件已损坏。',
    safe: '损坏的文件已另存，没有删除；程序改用最近一次备份。',
    next: '请核对最近的记录，缺的补录；请系统管理员保留另存的文件。',
  },
  DATABASE_BUSY: {
    what: '数据库正忙，这一步没有排上。',
    safe: '没有写入任何内容。',
    next: '过几秒再试；一直如此请告诉系统管理员。',
  },
  CHAIN_FORK: {
    what: '两条记录用了同一个编号而内容不同。',
    safe: '后到的一条已隔离，两条都留着。',
    next: '请系统管理员查明来源，隔离的内容在运行状态页可见。',
  },
  CELL_IN_CONFLICT: {
    what: '这一栏有两个人填了不同的值，还没有裁定。',
    safe: '两个值都留着。',
    next: '请到“冲突裁定”选定一个，再修改。',
  },
  UNDO_STALE: {
    what: '不能撤销：这之后已有人再改过。',
    safe: '没有改动任何内容。',
    next: '查看最新内容，直接改成需要的值。',
  },
  WRONG_PASSWORD: {
    what: '账号或密码不对。',
    safe: '账号未被锁定，数据不受影响。',
    next: '请再输一次；连续五次不对将锁定 30 分钟。',
  },
  ACCOUNT_LOCKED: {
    what: '密码多次输错，账号已锁定。',
    safe: '此账号的记录都在。',
    next: '请值班长或带班领导当场解锁，或等 30 分钟。',
  },
  PASSWORD_TOO_WEAK: {
    what: '密码太简单。',
    safe: '原密码不变。',
    next: '至少 10 位，大写、小写、数字、符号四类中用三类，不含账号名。',
  },
  SESSION_LOCKED: {
    what: '值班台已因无人操作而锁定。',
    safe: '草稿已保存，报警和时钟照常。',
    next: '输入 PIN 或密码解锁后再做。',
  },
  SETUP_REQUIRED: {
    what: '尚未完成首次设置。',
    safe: '还没有任何业务数据。',
    next: '请先建立首个管理员账号。',
  },
  SETUP_DONE: {
    what: '首次设置已经完成。',
    safe: '现有账号没有改动。',
    next: '请直接登录；需要新账号请找系统管理员。',
  },
  SECOND_PERSON_REQUIRED: {
    what: '这一步须由另一个人来做。',
    safe: '没有改动任何内容。',
    next: '请值班长、带班领导或另一位管理员操作。',
  },
  WRONG_PIN: {
    what: 'PIN 不对。',
    safe: '没有任何改动，草稿已保存。',
    next: '再输一次；多次不对须改用密码。',
  },
  ADMIN_ROLES_EXCLUSIVE: {
    what: '系统、安全、审计三个管理员不能是同一个人。',
    safe: '原有授权没有改动。',
    next: '请另选一人授予这个角色。',
  },
  FILE_EMPTY: {
    what: '文件是空的（0 字节）。',
    safe: '没有导入任何内容，原件未动。',
    next: '请核对选的文件，重新导出后再试。',
  },
  FILE_TRUNCATED: {
    what: '文件不完整，后半截缺失。',
    safe: '没有导入任何内容，原件未动。',
    next: '请重新拷贝或下载完整的文件后再试。',
  },
  FILE_ENCRYPTED: {
    what: '文件加了密码，打不开。',
    safe: '没有导入任何内容，原件未动。',
    next: '请在原软件里去掉密码另存后再试。',
  },
  FILE_WRONG_TYPE: {
    what: '文件类型不对，内容与扩展名或要求不符。',
    safe: '没有导入任何内容，原件未动。',
    next: '请换成页面上列出的类型。',
  },
  FILE_TOO_LARGE: {
    what: '文件太大。',
    safe: '没有导入任何内容，原件未动。',
    next: '请拆成几份，或去掉无关的图片和工作表后再试。',
  },
  FILE_ZIP_BOMB: {
    what: '文件解压后异常庞大，已拒绝。',
    safe: '没有解压，没有导入任何内容。',
    next: '请确认来源；可信的文件请在原软件里另存后再试。',
  },
  FILE_TOO_MANY_COLUMNS: {
    what: '表格的列太多。',
    safe: '没有导入任何内容，原件未动。',
    next: '删去无用的列，只留要导入的，再试。',
  },
  FILE_UNREADABLE: {
    what: '文件读不懂，可能已损坏。',
    safe: '没有导入任何内容，原件未动。',
    next: '请用原软件打开检查，另存后再试。',
  },
  FILE_NO_TEXT: {
    what: '文件里没有文字，可能是扫描件。',
    safe: '原件未动。',
    next: '请换有文字层的 PDF 或 DOCX，或者手工录入。',
  },
  FILE_ENCODING: {
    what: '文字编码认不出。',
    safe: '没有导入任何内容，原件未动。',
    next: '请另存为 UTF-8 或 GB18030 后再试。',
  },
  COORDINATE_INVALID: {
    what: '坐标不对，或不在可能的范围内。',
    safe: '没有改动位置。',
    next: '按“109.51, 34.50”或“109°30′36″E 34°30′N”填写，注意经纬度次序。',
  },
  PLACE_UNKNOWN: {
    what: '没有找到这个地名。',
    safe: '没有改动位置。',
    next: '换一个叫法、填区划代码，或直接在图上点。',
  },
  ALREADY_RESERVED: {
    what: '已被其他事件预占或调用。',
    safe: '原有的预占不变。',
    next: '联系占用方商量，或另选一个。',
  },
  NOT_RESERVED: {
    what: '尚未预占，不能调用或归还。',
    safe: '没有改动任何内容。',
    next: '请先预占。',
  },
  STATE_NOT_ALLOWED: {
    what: '现在的状态不允许这一步。',
    safe: '没有改动任何内容。',
    next: '看一下当前状态，可能别人已先办了。',
  },
  EVIDENCE_REQUIRED: {
    what: '这一步须有依据。',
    safe: '状态没有改变。',
    next: '填写谁、用什么方式、什么时候说的。',
  },
  REASON_REQUIRED: {
    what: '这一步须写明原因。',
    safe: '没有改动任何内容。',
    next: '写一句原因再确认。',
  },
  CLASSIFIED_MARKING: {
    what: '文字中有“秘密”“机密”“绝密”字样，已拒绝。',
    safe: '没有保存这段文字。',
    next: '本系统为非涉密系统。涉密内容请走保密渠道；若属误判，请改写后再录。',
  },
  TEMPLATE_INVALID: {
    what: '文书模板有误，无法生成。',
    safe: '数据没有改动，模板未被替换。',
    next: '请检查模板中的字段名，或改用自带模板。',
  },
  SAMPLE_RECORD: {
    what: '这是样例数据，不能拨打、发送、发布或上报。',
    safe: '没有向外发出任何内容。',
    next: '请换真实记录；样例数据可在提示条处一次移除。',
  },
  DUPLICATE: {
    what: '已有相同的记录。',
    safe: '没有重复写入。',
    next: '打开已有的那条核对。',
  },
  LAYER_UNREACHABLE: {
    what: '在线图层连不上。',
    safe: '本地底图和数据照常。',
    next: '检查网络与密钥；断网时请用离线图包。',
  },
  ADDRESS_NOT_ALLOWED: {
    what: '这个地址不在允许的范围内。',
    safe: '没有向该地址发出任何请求。',
    next: '请系统管理员添加此图层；值班员只能使用已许可的公网地址。',
  },
  MAP_PACK_INVALID: {
    what: '图包不能用：没有可读的栅格瓦片（需要 png、jpg 或 webp 的 MBTiles）。',
    safe: '没有导入任何内容，原件未动。',
    next: '请用制图软件导出为栅格 MBTiles 后再试。',
  },
  PACKAGE_REFUSED: {
    what: '数据包没有导入：{reason}。',
    safe: '本机数据没有改动，数据包也没有改动。',
    next: '请对方重新导出一份，或换一个盘再拷；密钥不认识时，先与对方配对。',
  },
  UNIT_NOT_LINKED: {
    what: '{unit}没有接入望楼链路，或还没有和本中心主机配对。',
    safe: '没有发出，也没有记成已报送；报告和您填的都在。',
    next: '请从名单里选上级单位，或改用电话、传真报送；接入链路请找系统管理员。',
  },
  CAMERA_REFUSED: {
    what: '摄像机或视频平台没有照办：{fault}',
    safe: '别的画面照常；如果云台正在转，它已经停住或正在停住。',
    next: '请打开这路画面的“取流诊断”，看断在哪里。',
  },
  SFU_UNAVAILABLE: {
    what: '本机的会商服务程序没有安装，或正在重新启动。',
    safe: '其他功能照常；会商室的设置和记录都在。',
    next: '请稍候再试；一直不行，请系统管理员运行 npm run setup:sfu。',
  },
  ROOM_LOCKED: {
    what: '主持人已锁定会商，暂不接受新的参会人。',
    safe: '会商照常进行；您没有进入。',
    next: '请电话联系主持人解锁后再加入。',
  },
  ROOM_EMPTY: {
    what: '会商里现在没有人，摄像机不能单独在会。',
    safe: '摄像机和会商都没有改变。',
    next: '请先加入会商，再带入摄像机。',
  },
  CAMERA_NOT_FOR_ROOMS: {
    what: '这一类视频源不经过本机的会商服务，不能作为参会方。',
    safe: '它在视频页照常播放；会商没有改变。',
    next: '请改用 RTSP、ONVIF 或国标平台接入同一摄像机；急用时在会商里共享本机屏幕。',
  },
  CAMERA_NOT_CALIBRATED: {
    what: '这台球机还不能按地图转向：没有登记位置、离地高或云台零位。',
    safe: '球机没有动。',
    next: '请系统管理员在摄像机资料里填写位置、离地高和云台校准四项；现在可用云台手动转。',
  },
  CAMERA_OUT_OF_REACH: {
    what: '云台转不到那个方向。',
    safe: '球机没有动。',
    next: '请换一台摄像机；如不应如此，请系统管理员核对云台校准。',
  },
  CAMERA_TALK_TAKEN: {
    what: '{name}正在和这台摄像机对讲，同一时间只能一人讲话。',
    safe: '您没有讲出去；画面照常。',
    next: '请等对方松开按键，再按住讲话。',
  },
  ROOM_REMOVED: {
    what: '您已被主持人请出这次会商。',
    safe: '您的其他工作不受影响。',
    next: '如系误操作，请电话联系主持人另开会商。',
  },
  ROOM_CLOSED: {
    what: '这次会商已经结束。',
    safe: '参会记录都在。',
    next: '需要时请另开一次会商。',
  },
  NOT_CHAIR: {
    what: '只有主持人可以这样做。',
    safe: '什么也没有改变。',
    next: '请举手，或请主持人移交主持。',
  },
  HOST_SILENT: {
    what: '召开会商的主机没有回应，或在本中心没有找到可用的会商主机。',
    safe: '会商的设置和记录都在；加入中的会商会自动转到能回应的主机。',
    next: '请稍候，系统会自动再试；一直不行，请检查主机和网络，或电话联系参会单位。',
  },
  RECORDER_MISSING: {
    what: '本机没有安装录制程序（ffmpeg），不能录制。',
    safe: '会商和监控画面照常。',
    next: '请系统管理员安装 ffmpeg，或在 config.json 的 programs.ffmpeg 填写它的路径。',
  },
  NOTHING_TO_RECORD: {
    what: '会商中现在没有可以录制的画面或声音。',
    safe: '没有开始录制，会商照常进行。',
    next: '请等有人打开摄像头或麦克风后再开始录制。',
  },
  PAIRING_REFUSED: {
    what: '配对没有成功：配对码不对、已过期，或对方不认这台机器。',
    safe: '没有写入任何密钥，本机照常工作。',
    next: '请在主机上重新生成配对码，10 分钟内输入。',
  },
  TILE_MISSING: {
    what: '这里没有地图数据。',
    safe: '其他图层照常。',
    next: '换一个比例，或导入覆盖此处的图包。',
  },
  PASSWORD_CHANGE_REQUIRED: {
    what: '这是一次性密码，须先换成自己的。',
    safe: '账号正常，数据不受影响。',
    next: '请设一个新密码，然后接着做。',
  },
  PIN_TOO_WEAK: {
    what: 'PIN 太容易猜中。',
    safe: '原来的 PIN 不变。',
    next: '不要用连号或同一个数字，换 4–8 位别的数字。',
  },
  LOGIN_TAKEN: {
    what: '这个账号名已有人用。',
    safe: '没有新建账号。',
    next: '换一个账号名。',
  },
  LAST_ADMINISTRATOR: {
    what: '这是最后一个持有该管理角色的人，不能去掉。',
    safe: '授权没有改动。',
    next: '先把这个角色授予另一个人。',
  },
  REPORT_FROZEN: {
    what: '这份报告已经签发，文字冻结，不能再改。',
    safe: '签发的文字和文件原样保存，您这次输入没有写进去。',
    next: '有错请另起一份更正；有新情况请拟续报。',
  },
  REPORT_UNSIGNED: {
    what: '这份报告还没有签发，不能记为已报送。',
    safe: '稿子还在。',
    next: '请先签发；领导不在场时用“电话授权签发”。',
  },
  REPORT_INCOMPLETE: {
    what: '这份报告还缺：{fields}。',
    safe: '已填的都在，没有签发，也没有用掉期号。',
    next: '补齐后再签发。',
  },
  REPORT_GROUNDS_MISSING: {
    what: '还没有可以起草“{kind}”的依据（已批准的决定、已下达的指令或领导批示）。',
    safe: '没有生成任何文字。',
    next: '先在相应页签里记下决定、指令或批示，再来起草。',
  },
  REPORT_CHANGED: {
    what: '您看到的稿子刚刚被改过，签的不能是没看过的文字。',
    safe: '没有签发，期号没有用掉。',
    next: '看过新的文字后再签。',
  },
  WORDING_UNANSWERED: {
    what: '用语检查有 {count} 处提醒没有处理。',
    safe: '稿子还在，没有签发，期号没有用掉。',
    next: '改文字，或在每处写明为什么保留。',
  },
  DEVICE_TEMPLATE_INVALID: {
    what: '设备命令模板读不了（{line}{field} {reason}）。',
    safe: '模板没有保存，没有向设备发出任何字节。',
    next: '请改正指出的行或字段，再用“试运行”看一遍。',
  },
  SCENE_FILE_INVALID: {
    what: '这个场景文件不能导入（{reason}）。',
    safe: '没有新增或改动任何场景。',
    next: '请在原来的席位上重新导出。',
  },
  WALL_HELD: {
    what: '这面大屏现在由{name}操作。',
    safe: '大屏画面没有变。',
    next: '请先与其沟通，或点“接管”，接管会记录在案。',
  },
  WALL_NOT_HELD: {
    what: '要先拿到这面大屏的操作权。',
    safe: '大屏画面没有变。',
    next: '请点“取得操作权”后再试。',
  },
  SCREEN_UNPAIRED: {
    what: '这块屏没有与本席位配对，或配对已被撤销。',
    safe: '屏上不显示本席位的任何内容。',
    next: '请在“大屏—屏幕”页输入屏上显示的配对码。',
  },
}
