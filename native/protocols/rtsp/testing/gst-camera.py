"""A real camera for tests: GStreamer's RTSP server, whose picture carries the time in milliseconds as 32 black and white blocks.

Options come as one line of JSON on standard input; prints `ready <port>` when it answers.
Picture: 320 x 240, two rows of 16 blocks; 28 bits of epoch milliseconds, most significant first, then the sum of their seven nibbles mod 16.
"""
import json
import sys
import time

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtsp", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtsp, GstRtspServer  # noqa: E402

WIDTH, HEIGHT, FPS = 320, 240, 25
BLOCK = WIDTH // 16
options = json.loads(sys.stdin.readline())
Gst.init(None)


def frame():
    value = int(time.time() * 1000) & 0xFFFFFFF
    check = sum((value >> (4 * index)) & 15 for index in range(7)) & 15
    bits = (value << 4) | check
    rows = [b"".join((b"\xeb" if (bits >> (31 - row * 16 - column)) & 1 else b"\x10") * BLOCK for column in range(16)) for row in range(2)]
    return b"".join(row * (HEIGHT // 2) for row in rows) + b"\x80" * (WIDTH * HEIGHT // 2)


def on_configure(_factory, media):
    source = media.get_element().get_by_name("source")

    def push():
        data = Gst.Buffer.new_wrapped(frame())
        return source.emit("push-buffer", data) == Gst.FlowReturn.OK

    GLib.timeout_add(1000 // FPS, push)


encoders = {
    "h264": "x264enc tune=zerolatency speed-preset=ultrafast bitrate={kbps} key-int-max={key} ! video/x-h264,profile={profile} ! rtph264pay",
    "h265": "x265enc tune=zerolatency speed-preset=ultrafast bitrate={kbps} key-int-max={key} ! rtph265pay",
}
encoder = encoders[options.get("codec", "h264")].format(
    kbps=options.get("kbps", 500), key=options.get("keyFrames", FPS), profile=options.get("profile", "constrained-baseline")
)
has_back_channel = options.get("backChannel", False)
factory = GstRtspServer.RTSPOnvifMediaFactory() if has_back_channel else GstRtspServer.RTSPMediaFactory()
factory.set_shared(not has_back_channel)
factory.set_launch(
    f"( appsrc name=source is-live=true do-timestamp=true format=time "
    f"caps=video/x-raw,format=I420,width={WIDTH},height={HEIGHT},framerate={FPS}/1 ! {encoder} name=pay0 pt=96 mtu={options.get('mtu', 1400)} )"
)
factory.connect("media-configure", on_configure)


def on_heard(sink):
    """Sound that came over the back channel, decoded: said sample by sample to the test."""
    buffer = sink.emit("pull-sample").get_buffer()
    print(f"heard {buffer.get_size() // 2}", flush=True)
    return Gst.FlowReturn.OK


def on_back_channel(_factory, media):
    media.get_element().get_by_name("heard").connect("new-sample", on_heard)


if has_back_channel:
    factory.set_media_gtype(GstRtspServer.RTSPOnvifMedia)
    factory.set_backchannel_launch(
        '( capsfilter caps="application/x-rtp,media=audio,payload=0,clock-rate=8000,encoding-name=PCMU" name=depay_backchannel '
        "! rtppcmudepay ! mulawdec ! appsink name=heard sync=false async=false emit-signals=true )"
    )
    factory.connect("media-configure", on_back_channel)
if options.get("transport") == "udp":
    factory.set_protocols(GstRtsp.RTSPLowerTrans.UDP)
if options.get("transport") == "tcp":
    factory.set_protocols(GstRtsp.RTSPLowerTrans.TCP)

server = GstRtspServer.RTSPOnvifServer() if has_back_channel else GstRtspServer.RTSPServer()
server.set_address("127.0.0.1")
server.set_service(str(options.get("port", 0)))
login = options.get("login")
if login is not None:
    auth = GstRtspServer.RTSPAuth()
    token = GstRtspServer.RTSPToken()
    token.set_string(GstRtspServer.RTSP_TOKEN_MEDIA_FACTORY_ROLE, "viewer")
    auth.set_supported_methods(GstRtsp.RTSPAuthMethod.DIGEST if login["scheme"] == "digest" else GstRtsp.RTSPAuthMethod.BASIC)
    if login["scheme"] == "digest":
        auth.add_digest(login["username"], login["password"], token)
    else:
        auth.add_basic(GstRtspServer.RTSPAuth.make_basic(login["username"], login["password"]), token)
    server.set_auth(auth)
    factory.add_role_from_structure(Gst.Structure.from_string("viewer,media.factory.access=true,media.factory.construct=true")[0])
server.get_mount_points().add_factory("/live", factory)
server.attach(None)
print(f"ready {server.get_bound_port()}", flush=True)
# The test that started us is gone: so are we.
GLib.io_add_watch(sys.stdin, GLib.IO_HUP, lambda *_: sys.exit(0))
GLib.MainLoop().run()
