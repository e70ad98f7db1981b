/* side-wire-private.h - what the files of this layer share
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-json-reader.h"
#include "side-json-writer.h"
#include "side-wire-http.h"

G_BEGIN_DECLS

JsonNode   *_side_wire_parse_object (const char *text, gssize len, gsize max_bytes, GError **error);
JsonNode   *_side_wire_parse_object_once (const char *text, gssize len, gsize max_bytes, GError **error);
void        _side_wire_write_fields (GString *out, const SideField *fields, gsize n, gconstpointer record);
gboolean    _side_wire_read_fields  (JsonObject *object, const SideField *fields, gsize n, gpointer record, GError **error);

/* Returns: (transfer full) or %NULL: what one element of an array stands for. */
typedef gpointer (*SideWireReadFunc) (JsonNode *node, GError **error);
GPtrArray  *_side_wire_read_list    (JsonObject *object, const char *name, SideWireReadFunc read, GDestroyNotify free_item,
                                     GError **error);

/* Takes one element of a list into @owner. */
typedef gboolean (*SideWireObjectFunc) (gpointer owner, JsonObject *object, GError **error);
gboolean    _side_wire_each_object  (JsonObject *object, const char *name, guint max, SideWireObjectFunc read, gpointer owner,
                                     GError **error);
void        _side_wire_append_hours (GString *out, const char *name, const SideHours *hours);
gboolean    _side_wire_read_hours   (JsonObject *object, SideHours *hours, GError **error);

gboolean    _side_wire_bad          (const char *what, GError **error);
void        _side_wire_append_texts (GString *out, const char *name, const GPtrArray *texts);
gboolean    _side_wire_read_texts   (JsonObject *object, const char *name, guint max, GPtrArray *texts, GError **error);

static inline char *
_side_wire_take (GString *out)
{
  return g_string_free (out, FALSE);
}

/* side-wire-review.c */
void       _side_wire_append_answers (GString *out, const GPtrArray *answers);
gboolean   _side_wire_read_answers   (GPtrArray *answers, JsonObject *object, GError **error);

/* side-wire-scenario.c: a test call pins the one it went by */
void          _side_wire_append_scenario (GString *out, const char *name, const SideScenario *scenario);
SideScenario *_side_wire_read_scenario   (JsonObject *object, GError **error);

/* side-wire-session.c */
gboolean   _side_wire_read_epoch  (JsonObject *object, char **epoch, GError **error);

/* side-wire-board.c: a board in pieces */
GArray    *_side_wire_append_some (GString *out, SideBoard *board, const char *const *projects, const SideWireView *view, gsize max);
gboolean   _side_wire_append_rest (GString *out, SideBoard *board, const SideWireView *view, gsize max, GArray *written);
SideBoard *_side_wire_read_rest   (JsonObject *object, GError **error);

G_END_DECLS
