# SPDX-License-Identifier: GPL-3.0-or-later
#
# The suites of ./dev test. Each leaves meson's JSON logs or TAP lines in
# build/results/SUITE, where tools/results.py counts them, and the time it took.
# No suite can hang the run: each is bounded, and so is each test in it.

all_suites=(lint unit widget ui peers fuzz flatpak ceiling)
quick_suites=(lint unit widget)

results=$top/build/results
build_floor=$top/build/test
build_fuzz=$top/build/fuzz
fuzz_seconds=10
# Tests wait more than they compute.
test_jobs=$(($(nproc) + 1))

# tap SUITE ok|not-ok|skip NAME [REASON|LOG]: one test that is not meson's.
tap() {
  local file=$results/$1/steps.tap
  case $2 in
    ok) echo "ok - $3" ;;
    skip) echo "ok - $3 # SKIP $4" ;;
    *)
      echo "not ok - $3"
      [ ! -f "${4:-}" ] || tail -n 40 "$4" | sed 's/^/# /' ;;
  esac >>"$file"
}

# bounded SECONDS LOG COMMAND…: 124 when it took longer, or longer than is left of
# the whole run's time; then all of it is killed. Waited for in the background,
# so that Ctrl+C ends the run at once.
run_seconds=4500
bounded_pid=
bounded() {
  local seconds=$1 log=$2 status=0
  shift 2
  [ "$seconds" -le $((run_seconds - SECONDS)) ] || seconds=$((run_seconds - SECONDS))
  [ "$seconds" -gt 0 ] || { echo "no time is left of $run_seconds s" >"$log"; return 124; }
  timeout --kill-after=15 "$seconds" "$@" >"$log" 2>&1 </dev/null &
  bounded_pid=$!
  wait "$bounded_pid" || status=$?
  bounded_pid=
  return "$status"
}

# meson_suite SUITE DIR SECONDS JOBS WRAPPER…: a suite of meson's, in a session.
meson_suite() {
  local suite=$1 dir=$2 seconds=$3 jobs=$4 status=0
  local log=$results/$suite/run.log
  shift 4
  rm -f "$dir/meson-logs/dev-$suite".*
  bounded "$seconds" "$log" "$@" meson test -C "$dir" --no-rebuild --suite "$suite" \
    --num-processes "$jobs" --logbase "dev-$suite" || status=$?
  cp "$dir/meson-logs/dev-$suite.json" "$dir/meson-logs/dev-$suite.txt" "$results/$suite/" 2>/dev/null || true
  if [ "$status" = 124 ] || [ "$status" = 137 ]; then
    tap "$suite" not-ok "the suite ends within $seconds s" "$log"
  elif [ "$status" != 0 ] && [ ! -s "$results/$suite/dev-$suite.json" ]; then
    tap "$suite" not-ok "meson test runs" "$log"
  fi
}

# tap_suite SUITE NAME SECONDS COMMAND…: a program of ours that prints TAP.
tap_suite() {
  local suite=$1 name=$2 seconds=$3 status=0
  local file=$results/$suite/$name.tap log=$results/$suite/$name.log
  shift 3
  bounded "$seconds" "$log" "$@" || status=$?
  grep -aE '^(not ok|ok|1\.\.|# )' "$log" >"$file" || true
  if [ "$status" = 124 ] || [ "$status" = 137 ]; then
    tap "$suite" not-ok "$name ends within $seconds s" "$log"
  elif [ "$status" != 0 ] && ! grep -q '^not ok' "$file"; then
    tap "$suite" not-ok "$name ends in order (status $status)" "$log"
  fi
}

# Whether the build has meson tests of this suite.
has_meson_tests() {
  # Not into grep -q: meson may still be writing when it goes, and then has failed.
  [ -n "$(meson test -C "$build_floor" --list --suite "$1" 2>/dev/null)" ]
}

# The build under test: gcc with both sanitizers, installed beside itself so that
# programs started as a user would find their data. Once for all suites.
floor_built=
floor_told=
floor_build() {
  local log=$results/build.log
  if [ -z "$floor_built" ]; then
    floor_built=yes
    echo "Building with AddressSanitizer and UndefinedBehaviorSanitizer in build/test …"
    local start=$SECONDS
    {
      build_setup "$build_floor" --prefix="$build_floor/prefix" -Doptimization=1 -Db_sanitize=address,undefined -Db_lundef=false &&
        build_compile "$build_floor" &&
        build_install "$build_floor"
    } >"$log" 2>&1 || floor_built=failed
    echo "  $((SECONDS - start)) s"
  fi
  build_session "$build_floor/prefix"
  session+=(
    LOCPATH="$top/build/locales"
    ASAN_OPTIONS=detect_leaks=1:abort_on_error=0:exitcode=99
    UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1
    LSAN_OPTIONS="suppressions=$top/tests/lsan.supp:print_suppressions=0"
    SIDETONE_PICTURES="$top/build/ui-pictures")
  [ "$floor_built" = yes ] && return 0
  tap "$1" not-ok "the sanitizer build compiles" "$([ "$floor_told" ] || echo "$log")"
  floor_told=yes
  return 1
}

suite_lint() {
  /usr/bin/python3 tools/lint.py >"$results/lint/lint.tap" 2>"$results/lint/run.log" ||
    [ -s "$results/lint/lint.tap" ] || tap lint not-ok "lint runs" "$results/lint/run.log"
}

suite_unit() {
  floor_build unit || return 0
  if [ -n "$(build_warnings "$build_floor")" ]; then
    build_warnings "$build_floor" >"$results/unit/warnings.log"
    tap unit not-ok "our code compiles without a warning" "$results/unit/warnings.log"
  fi
  meson_suite unit "$build_floor" 1200 "$test_jobs" "${session[@]}" tools/display.sh --bus-only
}

suite_widget() {
  floor_build widget || return 0
  meson_suite widget "$build_floor" 900 "$test_jobs" "${session[@]}"
}

suite_ui() {
  local script root
  floor_build ui || return 0
  # A test call is made to a real one.
  if root=$(tools/root.sh make asterisk 2>"$results/ui/root.log"); then
    export SIDETONE_ASTERISK_ROOT=$root
  else
    tap ui not-ok "a root with Asterisk" "$results/ui/root.log"
  fi
  if has_meson_tests ui; then
    # Each has a display of its own.
    meson_suite ui "$build_floor" 1800 2 "${session[@]}" tools/display.sh --bus-only
    return 0
  fi
  for script in tests/ui/test_*.py; do
    tap_suite ui "$(basename "$script" .py)" 480 "${session[@]}" tools/display.sh /usr/bin/python3 "$script"
  done
}

suite_peers() {
  local root
  floor_build peers || return 0
  if root=$(tools/root.sh make asterisk 2>"$results/peers/root.log"); then
    export SIDETONE_ASTERISK_ROOT=$root
    echo "  Asterisk root: $root"
  else
    tap peers skip "a root with Asterisk" "$(grep -m1 '^E: ' "$results/peers/root.log" || echo 'see build/results/peers/root.log')"
  fi
  if has_meson_tests peers; then
    meson_suite peers "$build_floor" 1200 1 "${session[@]}" tools/display.sh --bus-only
  fi
  tap_suite peers peers 1200 "${session[@]}" tools/display.sh --bus-only \
    /usr/bin/python3 tests/peers/run.py --build "$build_floor"
}

suite_fuzz() {
  local log=$results/fuzz/build.log coverage=-fsanitize=fuzzer-no-link
  if ! {
    CC=clang build_setup "$build_fuzz" -Dfuzzers=true -Db_sanitize=address,undefined -Db_lundef=false \
      -Dc_args="$coverage" -Dc_link_args="$coverage" &&
      build_compile "$build_fuzz" fuzzers
  } >"$log" 2>&1; then
    tap fuzz not-ok "the fuzzers compile" "$log"
    return 0
  fi
  meson_suite fuzz "$build_fuzz" 300 2 env \
    SIDETONE_FUZZ_SECONDS="$fuzz_seconds" tools/display.sh --bus-only
}

suite_flatpak() {
  local manifest=flatpak/org.sidetone.Sidetone.yml log=$results/flatpak/manifest.txt
  if bounded 60 "$log" flatpak-builder --show-manifest "$manifest"; then
    tap flatpak ok "flatpak-builder parses the manifest"
    if jq -e '[."finish-args"[] | select(test("filesystem|device=all|socket=(session|system)-bus"))] == []' "$log" >/dev/null; then
      tap flatpak ok "it asks for no folder, no bus, no device but the screen's"
    else
      tap flatpak not-ok "it asks for no folder, no bus, no device but the screen's" "$log"
    fi
    if jq -e '[.. | objects | select(.type? == "git") | select((.tag and (.commit | test("^[0-9a-f]{40}$"))) | not)] == []' "$log" >/dev/null; then
      tap flatpak ok "every git source names its tag and commit"
    else
      tap flatpak not-ok "every git source names its tag and commit" "$log"
    fi
  else
    tap flatpak not-ok "flatpak-builder parses the manifest" "$log"
  fi
}

# The root is made in the background from the start: it needs the network, the
# other suites the processor.
ceiling_root_pid=
ceiling_root_begin() {
  mkdir -p "$results/ceiling"
  setsid tools/root.sh make ceiling >"$results/ceiling/root" 2>"$results/ceiling/root.log" &
  ceiling_root_pid=$!
}

suite_ceiling() {
  local root folder=$results/ceiling log=$results/ceiling/run.log
  if ! wait "$ceiling_root_pid" || ! root=$(tail -n 1 "$folder/root") || [ ! -d "$root" ]; then
    tap ceiling skip "the newest Debian testing" "$(grep -m1 '^E: ' "$folder/root.log" || echo 'see build/results/ceiling/root.log')"
    return 0
  fi
  if ! bounded 30 "$log" tools/root.sh run ceiling true; then
    tap ceiling skip "the newest Debian testing" "bubblewrap cannot enter a root here: $(tail -n 1 "$log")"
    return 0
  fi
  rm -f build/ceiling/build/meson-logs/dev-ceiling.*
  bounded 1500 "$log" tools/root.sh run ceiling bash tools/ceiling.sh ||
    { [ $? = 124 ] && tap ceiling not-ok "the build and its tests end within 1500 s" "$log"; }
  sed -n 's/^# with /  /p' "$log"
  cp build/ceiling/build/meson-logs/dev-ceiling.json "$folder/" 2>/dev/null || true
  build_warnings build/ceiling/build >"$folder/warnings.log" || true
  if ! grep -q '^# built$' "$log"; then
    tap ceiling not-ok "it compiles" "$log"
  elif [ -s "$folder/warnings.log" ]; then
    tap ceiling not-ok "it compiles without a warning from our code" "$folder/warnings.log"
  else
    tap ceiling ok "it compiles without a warning from our code"
  fi
}

# suites_run SUITE…: one after another, a line about each as it ends.
suites_run() {
  local suite start
  trap 'kill -TERM $bounded_pid ${ceiling_root_pid:+-- -$ceiling_root_pid} 2>/dev/null; exit 130' INT TERM
  rm -rf "$results"
  for suite in "$@"; do mkdir -p "$results/$suite"; done
  build_locales build/locales || echo "No Russian locale could be made here."
  case " $* " in *" ceiling "*) ceiling_root_begin ;; esac

  for suite in "$@"; do
    echo "== $suite"
    start=$SECONDS
    "suite_$suite" || tap "$suite" not-ok "the suite's own script runs"
    echo $((SECONDS - start)) >"$results/$suite/seconds"
    echo "   $((SECONDS - start)) s"
  done
  echo
  echo "All of it took $((SECONDS / 60)) min $((SECONDS % 60)) s. Logs are in build/results."
  /usr/bin/python3 tools/results.py "$results" "$@"
}
