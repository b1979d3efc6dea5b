// Why a picture does not come, and what to do, in English.
export const hopsEn = {
  address: 'Address',
  name: 'Name',
  connection: 'Connection',
  certificate: 'Certificate',
  protocol: 'Protocol',
  login: 'Login',
  stream: 'Stream',
  transport: 'Transport',
  media: 'Media',
  codec: 'Codec',
  picture: 'Picture',
  sfu: 'Forwarding here',
}
export const faultsEn = {
  'address-invalid': { what: 'The stream address cannot be read.', next: 'Ask the system administrator to check it against its kind of source.' },
  'name-unresolved': {
    what: 'The name of the camera leads to no address.',
    next: 'Check the name or use the IP address; then ask for the name service to be checked.',
  },
  'host-unreachable': { what: 'The network does not reach the camera.', next: 'Ask the network administrator to check switch, line and route.' },
  'port-closed': {
    what: 'The host is there, its port {port} is closed.',
    next: 'Check the port in the address ({protocol} usually has {usual}), whether its stream service is switched on, and the firewall.',
  },
  'connect-timeout': { what: 'The camera does not answer.', next: 'Check its power, the network and the firewall.' },
  'connection-lost': {
    what: 'The connection to the camera broke.',
    next: 'It is asked again by itself; if it keeps breaking check network and power.',
  },
  certificate: {
    what: 'The certificate of the other end is not trusted; nothing was connected.',
    next: 'Ask the system administrator to open the stream doctor, compare the fingerprint and trust this certificate, or to put a trusted one on the device.',
  },
  'certificate-changed': {
    what: 'The certificate of the other end is not the one that was trusted; nothing was connected.',
    next: 'The device may have a new one, or somebody may stand in between: ask the system administrator to open the stream doctor and compare the fingerprint before trusting it.',
  },
  'not-the-protocol': { what: 'Something answers, but not in the stream protocol.', next: 'Check the port: it may be that of the web page.' },
  'answer-too-large': {
    what: 'The answer of the camera is absurdly large and was cut off.',
    next: 'Restart the camera; if that does not help, update its firmware.',
  },
  'no-answer': {
    what: 'The camera took the call and did not answer in {seconds} s ({method}).',
    next: 'Restart the camera or open fewer streams of it.',
  },
  'redirect-loop': { what: 'The camera sends us in circles.', next: 'Ask the system administrator to enter the final address.' },
  unauthorised: {
    what: 'User name or password is wrong.',
    next: 'Ask the system administrator to enter them anew; to keep the camera from locking the account it is tried every 5 minutes only.',
  },
  'password-missing': {
    what: 'The camera wants a user name and password; this machine keeps none.',
    next: 'A password stays on the machine where it was typed and goes to no other. Ask the system administrator to open this camera here and type both once.',
  },
  'password-elsewhere': {
    what: 'The address leads to another host now ({host}): enter the password anew.',
    next: 'The password kept was entered for another host and was not given away. Ask the system administrator to check the address, open this camera here and type user name and password again.',
  },
  'clock-skew': { what: 'The clock of the camera is {seconds} s off, the login is refused.', next: 'Set the clock of the camera.' },
  forbidden: { what: 'This account may not see this picture.', next: 'Give it the right to preview on the camera.' },
  'no-such-stream': { what: 'The camera has no such stream.', next: 'Check channel and stream number in the address.' },
  busy: { what: 'The camera gives no further stream.', next: 'Close other programs that take it, or use the sub-stream.' },
  'server-error': { what: 'The camera refused ({status}).', next: 'Restart the camera; if that does not help, ask its maker.' },
  'platform-silent': {
    what: 'The video platform did not answer in {seconds} s.',
    next: 'Ask its administrator to check it; other cameras of the same platform are affected too.',
  },
  'camera-silent': {
    what: 'The video platform is well, its camera did not answer it (in the platform’s words: {said}).',
    next: 'Ask the administrator of the platform to check whether this camera is online, its power and its network; other cameras are not affected.',
  },
  'not-offered': { what: 'This camera cannot do that.', next: 'Try another move, or set it on the camera’s own page.' },
  'description-invalid': { what: 'The description of the stream cannot be read.', next: 'Update the firmware of the camera, or use another stream.' },
  'no-video': { what: 'This stream has no picture.', next: 'Check the address; it may be a sound channel.' },
  'transport-refused': { what: 'The camera refuses this transport.', next: 'Set the transport to automatic.' },
  'no-media': { what: 'The camera agreed, and nothing came for {seconds} s.', next: 'A firewall may stop UDP: set the transport to TCP.' },
  'sdp-address': {
    what: 'Nothing comes, and the camera calls itself {named}, not the address it is reached by.',
    next: 'Set the transport to TCP, or correct the address on the camera.',
  },
  'record-over': { what: 'This recording has been played to its end.', next: 'Drag the bar to play it again, or close it for the live picture.' },
  stalled: { what: 'Nothing new for {seconds} s.', next: 'It is asked again by itself; if it happens often check the network.' },
  'codec-unplayable': { what: 'The codec is {codec}; the page cannot play it.', next: 'Set the camera to H.264, or enter an H.264 sub-stream.' },
  'packing-unplayable': {
    what: 'The page cannot play this packing of the stream.',
    next: 'Switch interleaved packing off on the camera, or use another stream.',
  },
  'no-parameter-sets': {
    what: 'Data comes, but without what decoding needs.',
    next: 'Restart the camera; if that does not help, update its firmware.',
  },
  'b-frames': { what: 'The stream holds B-frames; the picture jumps.', next: 'Set the camera to baseline profile, or switch B-frames off.' },
  'rare-key-frames': {
    what: 'Key frames are {seconds} s apart; whoever joins waits.',
    next: 'Set the key-frame interval of the camera to 2 s or less.',
  },
  loss: { what: '{percent}% of the data from the camera is lost.', next: 'Set the transport to TCP, then check the network.' },
  'no-key-frame': { what: 'No key frame for {seconds} s: no picture can be made.', next: 'Set the key-frame interval of the camera to 2 s or less.' },
  'push-waiting': {
    what: 'The device has not begun to push its stream.',
    next: 'Enter the push address and the key on the device and start pushing.',
  },
  'capture-away': {
    what: 'The capture card is plugged into console “{console}”; no page of Wanglou is open there, or it cannot be reached.',
    next: 'Ask whoever is there to open Wanglou and sign in; the picture comes back by itself.',
  },
  'capture-denied': {
    what: 'The browser of console “{console}” does not give the camera.',
    next: 'Ask whoever is there to allow the camera in the browser; the picture then comes back by itself.',
  },
  'capture-no-device': {
    what: 'Console “{console}” has no capture device “{device}” now.',
    next: 'Check that the card is plugged in; if it is another one now, ask the system administrator to choose it.',
  },
  'capture-busy': {
    what: 'The capture device “{device}” of console “{console}” cannot be opened; another program may hold it.',
    next: 'Close the program that holds it, or pull the card out and plug it in again.',
  },
  'capture-no-sound': {
    what: 'The picture comes, but console “{console}” gives no sound from “{device}”.',
    next: 'Ask whoever is there to check the audio cable and to allow the microphone in the browser; the sound comes back by itself.',
  },
  'push-port-taken': {
    what: 'Another program on this machine holds port {port} for pushed streams.',
    next: 'Ask the system administrator to end it, or to choose another port under media.push in config.json.',
  },
  'no-picture-format': { what: 'What comes is no JPEG picture.', next: 'Check the address; it may lead to a web page.' },
  'sfu-missing': { what: 'The forwarding program of this machine is not installed.', next: 'Ask the system administrator to run npm run setup:sfu.' },
  'sfu-lost': { what: 'The forwarding program of this machine has just restarted.', next: 'The picture comes back by itself.' },
}

/** Where it is not the camera's own fault. */
export const faultsOfEn = {
  platform: {
    'name-unresolved': {
      what: 'The name of the video platform leads to no address.',
      next: 'Ask the system administrator to check its address or use the IP.',
    },
    'host-unreachable': {
      what: 'The network does not reach the video platform.',
      next: 'Ask the network administrator to check line and route; other cameras of the same platform are affected too.',
    },
    'port-closed': {
      what: 'The host of the video platform is there, its port {port} is closed.',
      next: 'Ask its administrator whether it runs, then the system administrator to check the port in its address.',
    },
    'connection-lost': {
      what: 'The connection to the video platform broke.',
      next: 'It is asked again by itself; if it keeps breaking ask for the network to be checked.',
    },
    certificate: {
      what: 'The certificate of the video platform is not trusted; nothing was connected.',
      next: 'Ask the system administrator to open video platforms, compare the fingerprint and trust it, or the administrator of the platform for a trusted one.',
    },
    'certificate-changed': {
      what: 'The certificate of the video platform is not the one that was trusted; nothing was connected.',
      next: 'It may have a new one, or somebody may stand in between: ask the system administrator to compare the fingerprint with the administrator of the platform before trusting it under video platforms.',
    },
    'not-the-protocol': {
      what: 'Something answers, but it is not the interface of a video platform.',
      next: 'Ask the system administrator to check its address and port.',
    },
    'answer-too-large': { what: 'The answer of the video platform is absurdly large and was cut off.', next: 'Ask its administrator to check it.' },
    'redirect-loop': { what: 'The video platform sends us in circles.', next: 'Ask the system administrator to enter its final address.' },
    unauthorised: {
      what: 'The video platform refuses user name or password.',
      next: 'Ask the system administrator to enter them anew under video platforms; to keep the account from being locked it is tried every 5 minutes only.',
    },
    'password-missing': {
      what: 'The video platform wants a user name and password; this machine keeps none.',
      next: 'A password stays on the machine where it was typed. Ask the system administrator to open video platforms here and type both once.',
    },
    'password-elsewhere': {
      what: 'The address of the video platform leads to another host now ({host}): enter the password anew.',
      next: 'The password kept was entered for another host and was not given away. Ask the system administrator to check the address, open video platforms here and type both again.',
    },
    forbidden: { what: 'The account at the video platform may not see this picture.', next: 'Ask its administrator for the right.' },
    'no-such-stream': {
      what: 'The video platform has no such camera.',
      next: 'Ask the system administrator to take the camera anew from the directory of the platform.',
    },
    'server-error': { what: 'The video platform refused ({status}: {said}).', next: 'Ask its administrator to check it by these words.' },
    'no-video': { what: 'The video platform named no RTSP address.', next: 'Ask its administrator whether RTSP is switched on at its media server.' },
    'not-offered': { what: 'The video platform or this camera cannot do that.', next: 'Try another move, or have it set on the platform.' },
  },
  relay: {
    'name-unresolved': {
      what: 'The name of the platform’s media server leads to no address.',
      next: 'Ask its administrator to check the address it announces: it must be an IP that this machine reaches.',
    },
    'host-unreachable': {
      what: 'The network does not reach the platform’s media server.',
      next: 'Ask its administrator to check the address it announces, and the network administrator for route and firewall.',
    },
    'port-closed': {
      what: 'The platform’s media server is there, its port {port} is closed.',
      next: 'Ask its administrator whether {protocol} is switched on, and to check the firewall.',
    },
    'connect-timeout': {
      what: 'The platform’s media server does not answer.',
      next: 'Ask its administrator to check the address it announces, and the network administrator for the firewall.',
    },
    'connection-lost': {
      what: 'The connection to the platform’s media server broke.',
      next: 'It is asked again by itself; if it keeps breaking check the network to the platform.',
    },
    certificate: {
      what: 'The certificate of the platform’s media server is not trusted; nothing was connected.',
      next: 'Ask the system administrator to open the stream doctor, compare the fingerprint and trust it, or the administrator of the platform for a trusted one.',
    },
    'certificate-changed': {
      what: 'The certificate of the platform’s media server is not the one that was trusted; nothing was connected.',
      next: 'It may have a new one, or somebody may stand in between: ask the system administrator to compare the fingerprint with the administrator of the platform before trusting it.',
    },
    'not-the-protocol': {
      what: 'The platform’s media server does not speak the stream protocol.',
      next: 'Ask its administrator to check the port it announces.',
    },
    'no-answer': {
      what: 'The platform’s media server took the call and did not answer in {seconds} s ({method}).',
      next: 'Ask its administrator to check it.',
    },
    unauthorised: { what: 'The platform’s media server refuses to give the stream.', next: 'Ask its administrator to check who may take streams.' },
    'password-missing': {
      what: 'The platform’s media server gives streams only for a password.',
      next: 'Ask its administrator to let this machine take streams.',
    },
    forbidden: { what: 'The platform’s media server does not let this machine take streams.', next: 'Ask its administrator to let it.' },
    'no-such-stream': {
      what: 'The platform’s media server has no such stream.',
      next: 'The platform is asked again by itself; if that does not help ask its administrator to check the media server.',
    },
    'server-error': { what: 'The platform’s media server refused ({status}).', next: 'Ask its administrator to check it.' },
    'no-media': {
      what: 'The platform agreed, and nothing came for {seconds} s.',
      next: 'Ask its administrator to check the network of this camera; then whether a firewall stops UDP.',
    },
  },
  station: {
    'no-media': {
      what: 'The station has the picture, and it has not come to this console for {seconds} s.',
      next: 'Let UDP through between the console and the station; if both are one machine, look for security software that stops it.',
    },
  },
  server: {
    'no-media': {
      what: 'The video server agreed, and no picture came to this console for {seconds} s.',
      next: 'Such a picture goes from the video server to the console directly: let UDP through between the two, and check the address the server announces.',
    },
  },
}
