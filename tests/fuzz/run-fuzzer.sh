#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Runs one fuzzer over its corpus and then for SIDETONE_FUZZ_SECONDS (10) on
# inputs of its own, made from SIDETONE_FUZZ_SEED (1; 0 for another one each
# time): no change is to fail for what chance finds in the code before it. What it
# finds new it keeps beside the program; an input that breaks the program is kept
# there too and printed.
# usage: run-fuzzer.sh PROGRAM SOURCE-FOLDER NAME

set -eu
program=$1 source=$2 name=$3
work=$program.work
mkdir -p "$work/corpus" "$work/found"

set -- -seed="${SIDETONE_FUZZ_SEED:-1}" -max_total_time="${SIDETONE_FUZZ_SECONDS:-10}" -timeout=10 -rss_limit_mb=2560 \
  -max_len=70000 -artifact_prefix="$work/found/" \
  -error_exitcode=1 -timeout_exitcode=1   # not 77, which meson takes for "skipped"
[ ! -f "$source/$name.dict" ] || set -- "$@" -dict="$source/$name.dict"

exec "$program" "$@" "$work/corpus" "$source/corpus/$name"
