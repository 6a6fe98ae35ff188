#!/bin/sh
# Makes sure that the browser tests have a browser: an installed one, else Debian's package when root.
set -eu
for name in "${GONGKAI_BROWSER:-}" chromium chromium-browser google-chrome google-chrome-stable chrome; do
    if [ -n "$name" ] && command -v "$name" >/dev/null 2>&1; then
        exit 0
    fi
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo 'Installing Chromium for the browser tests …'
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk >/dev/null
    exit 0
fi
echo 'The browser tests need Chrome or Chromium: install one, or name it in GONGKAI_BROWSER' >&2
exit 1
