// The few pages the door itself writes, before any page may be loaded; Chinese and English, no script.
import type { ServerResponse } from 'node:http'

const texts = {
  'token-used': [
    '此链接已经用过或已失效',
    '每个启动链接只能用一次。请在已登录的窗口中选择“再开一个窗口”，或重新运行启动命令：程序会给出新的链接。',
    'This link was used already or is too old. Choose “open another window” where you are signed in, or run the start command again: it prints a new link.',
  ],
  'no-token': [
    '请用启动链接打开望楼',
    '本机的其他网页和程序不能直接进入。请运行启动命令，用它给出的链接打开。',
    'Open Wanglou with the link that the start command prints.',
  ],
  'too-many': [
    '现在不能再接入新的屏幕',
    '一小时内新接入的浏览器太多。请稍后再打开本页；已配对的屏幕不受影响。',
    'Too many new browsers within an hour. Open this page again later; paired screens are not affected.',
  ],
  'no-page': [
    '页面尚未生成',
    '没有找到已生成的页面文件。请运行 npm start（它会先生成页面），或用 --page 指定目录。',
    'The page has not been built. Run npm start, which builds it, or name its directory with --page.',
  ],
} as const

export function sendWords(response: ServerResponse, status: number, key: keyof typeof texts): void {
  const [title, chinese, english] = texts[key]
  const body = Buffer.from(
    `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>望楼</title><h1>${title}</h1><p>${chinese}</p><p lang="en">${english}</p></html>`,
  )
  response.writeHead(status, { 'Content-Type': 'text/html; charset=utf-8', 'Content-Length': body.length, 'Cache-Control': 'no-store' })
  response.end(body)
}
