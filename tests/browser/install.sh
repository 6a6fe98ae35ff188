#!/bin/sh
# Makes sure that the tests have a browser, and npm for the programs of the editing form: those installed, else Debian's
# packages when root.
set -eu

has_browser() {
    for name in "${GONGKAI_BROWSER:-}" chromium chromium-browser google-chrome google-chrome-stable chrome; do
        if [ -n "$name" ] && command -v "$name" >/dev/null 2>&1; then
            return 0
        fi
    done
    return 1
}

wanted=
has_browser || wanted='chromium fonts-noto-cjk'
command -v npm >/dev/null 2>&1 || wanted="$wanted npm"
if [ -z "$wanted" ]; then
    exit 0
fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing for the tests: $wanted …"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    # shellcheck disable=SC2086 # the names of several packages
    apt-get install -y -qq --no-install-recommends $wanted >/dev/null
    exit 0
fi
echo "The tests need: $wanted. Install them; a browser elsewhere can be named in GONGKAI_BROWSER" >&2
exit 1
