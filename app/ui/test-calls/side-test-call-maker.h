/* side-test-call-maker.h - a line connected, a call made ready, a call kept
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What whoever makes test calls has in common: the window in which a person
 * talks, and the robot that checks a line by itself.
 */
#pragma once

#include "side-document-shelf.h"
#include "side-lines.h"
#include "side-sip-account.h"
#include "side-test-call.h"

G_BEGIN_DECLS

void            side_test_call_maker_connect_async  (SideDesk *desk, SideLines *lines, const char *line, GCancellable *cancellable,
                                                     GAsyncReadyCallback callback, gpointer user_data);
SideSipAccount *side_test_call_maker_connect_finish (SideDesk *desk, GAsyncResult *result, GError **error);
void            side_test_call_maker_let_go         (SideSipAccount **account);

SideTestCall   *side_test_call_maker_new_call       (SideDesk *desk, const SideLine *line, const SideScenario *scenario, const char *number);
char           *side_test_call_maker_dup_recording  (SideDesk *desk, const SideTestCall *call);
void            side_test_call_maker_keep           (SideDocumentShelf *shelf, const SideTestCall *call);
void            side_test_call_maker_keep_unmade    (SideDocumentShelf *shelf, const SideTestCall *call, const GError *why);

G_END_DECLS
