#!/bin/bash
# Builds mediasoup's worker from the source that its npm package carries, against the system's own libraries; downloads nothing.
#   build-worker.sh <node_modules/mediasoup> <work folder, empty> <output file>
# The shims under subprojects/ stand where upstream would fetch its own copies of the libraries. See README.md.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
package=$1 work=$2 output=$3
cp -r "$package/worker/." "$work/"
# With upstream's .wrap files present meson insists on their folder names.
rm -rf "$work/subprojects" "$work/build"
cp -r "$here/subprojects" "$work/subprojects"
# Debian 12 has meson 1.0.1, and nothing in the file needs the 1.1.0 it asks for.
sed -i '/meson_version:/d' "$work/meson.build"
# The BIO callback must hand back the result of every operation. As shipped it answers 1 to BIO_get_ktls_send(), and an OpenSSL built with
# kTLS (Debian's is) then crashes in the DTLS handshake.
sed -i 's/(operationType == BIO_CB_RETURN) ?/((operationType \& BIO_CB_RETURN) != 0) ?/' "$work/src/RTC/DtlsTransport.cpp"
grep -q 'operationType & BIO_CB_RETURN) != 0' "$work/src/RTC/DtlsTransport.cpp"
meson setup --buildtype release -Db_ndebug=true --wrap-mode=nodownload "$work/build" "$work"
ninja -C "$work/build" mediasoup-worker
mkdir -p "$(dirname "$output")"
# Whoever looks for it meanwhile finds nothing or the whole program.
strip -o "$output.$$" "$work/build/mediasoup-worker"
mv "$output.$$" "$output"
