/* side-config-reader.h - the key file's lines as sections of known keys
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Private to the server's core.
 */
#pragma once

#include "side-server-config.h"

G_BEGIN_DECLS

#define SIDE_CONFIG_MAX_KEYS 16

/**
 * SideConfigKind: one kind of section.
 * @word: "project"
 * @named: "[project shop]" rather than "[server]"
 * @free_keys: the keys are data (a telephone number), not words of ours
 * @keys: the known keys, up to a %NULL
 */
typedef struct {
  const char *word;
  gboolean    named;
  gboolean    free_keys;
  const char *keys[SIDE_CONFIG_MAX_KEYS];
} SideConfigKind;

typedef struct {
  char *key;
  char *value;
  int   line;
} SideConfigPair;

/**
 * SideConfigSection:
 * @kind: index into the table of kinds
 * @name: (nullable): what follows the kind's word
 * @pairs: of SideConfigPair, each key once unless the kind's keys are free
 */
typedef struct {
  int        kind;
  char      *name;
  int        line;
  GPtrArray *pairs;
} SideConfigSection;

GPtrArray            *side_config_read         (const char *text, gsize len, const SideConfigKind *kinds, int n_kinds, GPtrArray *faults);
const SideConfigPair *side_config_section_find (const SideConfigSection *section, const char *key);

G_END_DECLS
