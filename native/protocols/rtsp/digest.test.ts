import { expect, test } from 'vitest'
import { authorization, readChallenges, strongest } from './digest.ts'

const seven = {
  username: 'Mufasa',
  password: 'Circle of Life',
  method: 'GET',
  uri: '/dir/index.html',
  count: 1,
  cnonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ',
}
const realm =
  'realm="http-auth@example.org", nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"'

test('the examples of RFC 7616 §3.9.1, SHA-256 and MD5', () => {
  const challenges = readChallenges([
    `Digest ${realm}, qop="auth, auth-int", algorithm=MD5, Digest ${realm}, qop="auth, auth-int", algorithm=SHA-256`,
  ])
  expect(challenges.map(({ algorithm }) => algorithm)).toEqual(['MD5', 'SHA-256'])
  expect(authorization({ ...seven, challenge: challenges[0]! })).toContain('response="8ca523f5e9506fed4657c9700eebdbec"')
  const strong = authorization({ ...seven, challenge: strongest(challenges)! })
  expect(strong).toContain('response="753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"')
  expect(strong).toContain('algorithm=SHA-256')
})

test('the older sum without qop, as most cameras still ask', () => {
  const [challenge] = readChallenges(['Digest realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093"'])
  const sum = authorization({ ...seven, password: 'Circle Of Life', challenge: challenge! })
  // RFC 2069's form of the example of RFC 2617: MD5(HA1:nonce:HA2).
  expect(sum).toContain('response="670fd8c2df070c60b045671b8b24ff02"')
  expect(sum).not.toContain('qop')
})

test('Digest goes before Basic, wherever it stands; what we cannot sign is passed over', () => {
  expect(strongest(readChallenges(['Basic realm="a"', 'Digest realm="a", nonce="b"']))?.scheme).toBe('digest')
  expect(strongest(readChallenges(['Digest realm="a", nonce="b", algorithm=SHA-512-256', 'Basic realm="a"']))?.scheme).toBe('basic')
  expect(strongest(readChallenges(['Negotiate', 'Digest realm="a"']))).toBeNull()
  expect(authorization({ ...seven, username: '值班', password: '密码', challenge: strongest(readChallenges(['Basic realm="a, b"']))! })).toBe(
    `Basic ${Buffer.from('值班:密码').toString('base64')}`,
  )
})

test('a comma or a quote within quotes ends nothing', () => {
  const [challenge] = readChallenges(['Digest realm="a, \\"b\\" = c", nonce="x,y", stale=FALSE'])
  expect(challenge).toMatchObject({ realm: 'a, "b" = c', nonce: 'x,y' })
})
