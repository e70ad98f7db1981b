# SPDX-License-Identifier: GPL-3.0-or-later
#
# Which Debian and Ubuntu packages Sidetone needs, by purpose, and how the
# missing ones get installed. Sourced by ./dev and tools/root.sh. The names hold
# on Debian 12, 13 and testing and on Ubuntu 24.04; "@clang-rt" stands for the
# sanitizer runtime of the release's own clang, whose name carries its version.

packages_build=(
  build-essential meson ninja-build pkg-config gettext appstream desktop-file-utils
  libglib2.0-dev-bin libxml2-utils libgtk-4-dev libgtk-4-bin libadwaita-1-dev libsoup-3.0-dev
  libjson-glib-dev libgnutls28-dev libsqlite3-dev libsecret-1-dev libgstreamer1.0-dev
  libgstreamer-plugins-base1.0-dev libsndfile1-dev libebur128-dev libspeexdsp-dev librubberband-dev
  libespeak-ng-dev libcrypt-dev libsofia-sip-ua-glib-dev libssl-dev
  jq python3 python3-jsonschema
)

packages_run=(
  gstreamer1.0-plugins-base gstreamer1.0-plugins-good gstreamer1.0-plugins-bad gstreamer1.0-pulseaudio
  adwaita-icon-theme librsvg2-common fonts-cantarell fonts-dejavu-core glib-networking
  gsettings-desktop-schemas dconf-gsettings-backend espeak-ng-data tzdata
)

# A private display, a private session bus and the accessibility tree.
packages_display=(
  xvfb xauth at-spi2-core dbus dbus-daemon dbus-x11 python3-gi gir1.2-atspi-2.0
  xdotool imagemagick x11-utils locales procps
)

packages_test=(
  git curl openssl sqlite3 sip-tester baresip-core sox gnome-keyring gstreamer1.0-libav flite
  libsecret-tools clang @clang-rt llvm flatpak-builder bubblewrap mmdebstrap
  debian-archive-keyring ca-certificates iproute2 zstd
)

# Only without root: mmdebstrap then works in a user namespace.
packages_rootless=(uidmap)

# The roots of tools/root.sh: the newest Debian testing to build in, and a real
# Asterisk, which Debian 12 and 13 do not carry.
packages_root_ceiling=(
  "${packages_build[@]}" "${packages_run[@]}"
  xvfb xauth at-spi2-core dbus dbus-daemon dbus-x11 locales procps sqlite3 openssl
  gnome-keyring libsecret-tools
  ca-certificates
)
packages_root_asterisk=(asterisk ca-certificates)

# The version of the release's default clang: from the installed package, or
# from what apt would install; empty when apt knows nothing yet.
packages_clang_version() {
  { dpkg-query -W -f 'Depends: ${Depends}\n' clang || apt-cache show clang; } 2>/dev/null |
    sed -n 's/^Depends: .*\bclang-\([0-9]\+\)\b.*/\1/p' | head -n 1
}

# packages_missing NAME…: those that are not installed, one a line.
packages_missing() {
  local name version wanted=()

  for name in "$@"; do
    if [ "$name" = @clang-rt ]; then
      version=$(packages_clang_version)
      name=${version:+libclang-rt-$version-dev}
      name=${name:-@clang-rt}
    fi
    wanted+=("$name")
  done
  # It fails when it knows one of them not at all, which is no fault here.
  { dpkg-query -W -f '${db:Status-Status} ${Package}\n' "${wanted[@]}" 2>/dev/null || true; } |
    sed -n 's/^installed //p' | sort -u |
    comm -13 - <(printf '%s\n' "${wanted[@]}" | sort -u)
}

packages_as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

# packages_need NAME…: says what is missing and installs it; silent, and without
# asking for any right, when nothing is.
packages_need() {
  local missing
  local apt=(env LC_ALL=C DEBIAN_FRONTEND=noninteractive apt-get -q -y
    -o DPkg::Lock::Timeout=600 -o Dpkg::Use-Pty=0)

  if ! command -v apt-get dpkg-query >/dev/null; then
    echo "This is not Debian or Ubuntu: install by hand what docs/building.md lists." >&2
    return 0
  fi
  missing=$(packages_missing "$@")
  [ -n "$missing" ] || return 0

  printf 'Missing here:\n%s\n' "$(printf '%s ' $missing | fold -s -w 78 | sed 's/^/  /')"
  if [ "$(id -u)" != 0 ] && ! command -v sudo >/dev/null; then
    echo "Install them as root, then start this again:" >&2
    echo "  apt-get install --no-install-recommends" $missing >&2
    return 1
  fi
  echo "Installing them with apt …"
  # A foreign source that does not answer must not stop us: the install will tell.
  packages_as_root "${apt[@]}" update </dev/null >/dev/null 2>&1 || true
  missing=$(packages_missing "$@")
  packages_as_root "${apt[@]}" install --no-install-recommends $missing </dev/null 2>&1 |
    grep -E '^(E:|Err:|[0-9]+ upgraded)' || true
  missing=$(packages_missing "$@")
  if [ -n "$missing" ]; then
    echo "Could not be installed:" $missing >&2
    return 1
  fi
}
