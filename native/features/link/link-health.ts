// How each line stands, as one of the station's health records. Pure.
import type { Health, LinkAnswer, LinkState, LinkView } from '../../contract/index.ts'

/** Narrow is how somebody set it, not a fault. */
const states: Record<LinkState, Health['state']> = { online: 'ok', narrow: 'ok', slow: 'degraded', offline: 'down', refused: 'down' }

/** Nothing at all for a station that is by itself. */
export function linkHealth(answer: LinkAnswer): Health[] {
  return answer.isConfigured ? answer.links.map(healthOf) : []
}

function healthOf({ kind, unit, name, state, since, lastHeardAt, waiting, reason }: LinkView): Health {
  const isWrong = states[state] !== 'ok' || reason !== null
  const key = reason === null ? `link.${state}` : `link.${reason}`
  return {
    subject: `link:${unit}`,
    state: states[state] === 'ok' && reason !== null ? 'degraded' : states[state],
    since,
    lastEvidenceAt: lastHeardAt,
    reason: key,
    params: { name, waiting, lastHeardAt },
    nextStep: isWrong ? `${key}.next` : null,
    capability: kind === 'above' ? 'report-up' : null,
  }
}

/** The station works by itself, but somebody meant it to be linked. */
export function settingsHealth(detail: string, since: number): Health {
  return {
    subject: 'link',
    state: 'down',
    since,
    lastEvidenceAt: since,
    reason: 'link.settings',
    params: { detail },
    nextStep: 'link.settings.next',
    capability: 'report-up',
  }
}
