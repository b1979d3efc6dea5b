// Which displays of this console show a conference now: the pages of one browser tell each other.
import { onScopeDispose, ref } from 'vue'

type Word = { conference: string } & ({ kind: 'who' } | { kind: 'end' } | { kind: 'here' | 'gone'; screen: string })

const channelName = 'wanglou.conference-screens'

/** For the page in the conference. @returns how many displays show it, and how to end them */
export function useSentScreens(conference: string) {
  const screens = ref<readonly string[]>([])
  const channel = new BroadcastChannel(channelName)
  const say = (word: Word) => channel.postMessage(word)
  channel.onmessage = ({ data }: MessageEvent<Word>) => {
    if (data.conference !== conference) return
    if (data.kind === 'here') screens.value = [...new Set([...screens.value, data.screen])]
    if (data.kind === 'gone') screens.value = screens.value.filter((screen) => screen !== data.screen)
  }
  say({ kind: 'who', conference })
  onScopeDispose(() => channel.close())
  return { screens, end: () => say({ kind: 'end', conference }) }
}

/** For the page on the display. @param onEnd somebody wants it shown no more */
export function useSentScreen({ conference, screen, onEnd }: { conference: string; screen: string; onEnd: () => void }): void {
  const channel = new BroadcastChannel(channelName)
  const say = (kind: 'here' | 'gone') => channel.postMessage({ kind, conference, screen } satisfies Word)
  const leave = () => say('gone')
  channel.onmessage = ({ data }: MessageEvent<Word>) => {
    if (data.conference !== conference) return
    if (data.kind === 'who') say('here')
    if (data.kind === 'end') onEnd()
  }
  say('here')
  window.addEventListener('pagehide', leave)
  onScopeDispose(() => {
    window.removeEventListener('pagehide', leave)
    leave()
    channel.close()
  })
}
