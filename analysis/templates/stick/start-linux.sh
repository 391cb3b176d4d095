#!/bin/sh
# Opens the media analysis workbook. Double click; or type in a terminal: sh, a space, drag this
# file into the window, and press Enter.
here=$(cd "$(dirname "$0")" && pwd) || exit 1

finish() {
    if [ -t 0 ]; then
        printf '\nPress Enter to close this window. '
        read -r _
    fi
    exit "$1"
}

try() {
    found=$(command -v "$1" 2>/dev/null) || return
    # On a Mac without developer tools this one only asks to install them.
    [ "$found$(uname)" = /usr/bin/python3Darwin ] && return
    "$found" "$here/workbook/start.py" --fits >/dev/null 2>&1 || return
    shift
    "$found" "$here/workbook/start.py" "$@" || finish 1
    exit 0
}

for minor in @MINORS@; do
    try "python3.$minor" "$@"
    try "/Library/Frameworks/Python.framework/Versions/3.$minor/bin/python3.$minor" "$@"
    try "/opt/homebrew/bin/python3.$minor" "$@"
    try "/usr/local/bin/python3.$minor" "$@"
    try "$HOME/.local/bin/python3.$minor" "$@"
done
try python3 "$@"

echo "There is no Python on this laptop that this stick can use (it can use @PYTHONS@)."
echo "Install one: the README in the folder python on the stick says which file."
echo "Then start this again."
finish 1
