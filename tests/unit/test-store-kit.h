/* test-store-kit.h - a store in a folder of its own, and blocking calls of it
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <sqlite3.h>
#include <sys/resource.h>

#include "side-call-list.h"
#include "side-error.h"
#include "side-outbox.h"
#include "side-recording-cache.h"
#include "side-store.h"
#include "side-test.h"

#define KIT_TIMEOUT_MS 20000
#define KIT_NOW_MS     G_GINT64_CONSTANT (1795000000000)

typedef struct {
  char      *dir;
  char      *path;
  SideClock *clock;
  SideStore *store;
} Kit;

/* Runs name_async and name_finish of @object; the result is the value. */
#define KIT_WAIT(object, name, error, ...)                                                          \
  ({                                                                                                \
    g_autoptr (GAsyncResult) _result = NULL;                                                        \
    name##_async (object, ##__VA_ARGS__, NULL, side_test_async_cb, &_result);                       \
    side_test_wait_result (&_result, KIT_TIMEOUT_MS, #name);                                        \
    name##_finish (object, _result, error);                                                         \
  })

void          kit_make              (Kit *kit);
void          kit_open              (Kit *kit);
void          kit_close             (Kit *kit);
void          kit_reopen            (Kit *kit);
void          kit_clear             (Kit *kit);
gboolean      kit_try_open          (Kit *kit, GError **error);

SideCall     *kit_call              (const char *id, gint64 joined_ms);
SideCall     *kit_random_call       (GRand *rand, const char *id);
void          kit_put_calls         (Kit *kit, GPtrArray *calls);
void          kit_put_call          (Kit *kit, SideCall *call);
SideCall     *kit_get_call          (Kit *kit, const char *id);
gssize        kit_count             (Kit *kit, const char *text);

SideDocument *kit_document          (const char *kind, const char *id, const char *call, const char *body);
void          kit_put_local         (Kit *kit, const char *kind, const char *id, const char *call, const char *body);
void          kit_put_remote        (Kit *kit, const char *kind, const char *id, const char *call, const char *body, gint64 revision);
char         *kit_body              (Kit *kit, const char *kind, const char *id);
char         *kit_uuid              (guint n);

sqlite3      *kit_sqlite            (const char *path);
void          kit_sql               (sqlite3 *handle, const char *sql);
gint64        kit_sql_int           (sqlite3 *handle, const char *sql);

/* A little of everything, and that it is still there. */
void          kit_write_sample      (Kit *kit);
void          kit_assert_sample     (Kit *kit);
void          kit_assert_open_fails (Kit *kit, SideError code);
char         *kit_checksum          (const char *path);
void          kit_limit_files       (rlim_t bytes);

/* The outbox. */
SideOutboxItem *kit_next            (Kit *kit);
void          kit_resolve           (Kit *kit, const char *id, gint64 shown, SideResolve how, const char *merged);
void          kit_assert_next       (Kit *kit, const char *id, const char *body, gint64 base, guint attempts);
void          kit_assert_body       (Kit *kit, const char *id, const char *expected);

/* To be connected and to be waited for. */
void          kit_count_notify      (GObject *object, GParamSpec *pspec, gpointer count);
gboolean      kit_list_is_at_rest   (gpointer list);
gboolean      kit_item_is_filled    (gpointer item);
