/* side-test-call-maker.c - a line connected, a call made ready, a call kept
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A line is connected for one call and let go after it. Why one could not be is
 * said in the words of the line's own test.
 */
#include "side-test-call-maker.h"

#include <glib/gi18n.h>

#include "side-error.h"
#include "side-phone-media.h"
#include "side-rules.h"
#include "side-scenarios.h"
#include "side-settings.h"
#include "side-sip-words.h"
#include "side-test-recordings.h"
#include "side-text.h"
#include "side-wire.h"

typedef struct {
  SideLine       *line;
  SideSipAccount *account;      /* (nullable): while it is connected */
  gulong          cancelled_id;
} Connecting;

static void
connecting_free (gpointer data)
{
  Connecting *self = data;

  side_test_call_maker_let_go (&self->account);
  g_clear_pointer (&self->line, side_line_free);
  g_free (self);
}

/* An answer that nobody took. */
static void
let_go (gpointer account)
{
  SideSipAccount *left = account;

  side_test_call_maker_let_go (&left);
}

/* Nothing more is heard of it: the task has its answer. */
static void
stop_listening (GTask *task)
{
  Connecting *self = g_task_get_task_data (task);

  if (self->account != NULL)
    g_signal_handlers_disconnect_by_data (self->account, task);
  g_cancellable_disconnect (g_task_get_cancellable (task), self->cancelled_id);
  self->cancelled_id = 0;
}

static void
state_cb (GTask *task)
{
  Connecting *self = g_task_get_task_data (task);
  SideSipAccountState state = side_sip_account_get_state (self->account);
  const GError *reason = side_sip_account_get_reason (self->account);

  if (state == SIDE_SIP_ACCOUNT_READY)
    {
      stop_listening (task);
      g_task_return_pointer (task, g_steal_pointer (&self->account), let_go);
    }
  else if ((state == SIDE_SIP_ACCOUNT_OFFLINE || state == SIDE_SIP_ACCOUNT_WAITING) && reason != NULL)
    {
      g_autofree char *words = side_sip_words_for_line (reason);
      int code = reason->domain == SIDE_ERROR ? reason->code : SIDE_ERROR_FAILED;

      stop_listening (task);
      g_task_return_new_error (task, SIDE_ERROR, code, "%s", words);
    }
  else
    return;
  g_object_unref (task);
}

static gboolean
give_up_cb (gpointer data)
{
  GTask *task = data;
  Connecting *self = g_task_get_task_data (task);

  if (self->cancelled_id == 0)
    return G_SOURCE_REMOVE;   /* it has its answer */
  stop_listening (task);
  side_test_call_maker_let_go (&self->account);
  g_task_return_error_if_cancelled (task);
  g_object_unref (task);
  return G_SOURCE_REMOVE;
}

/* Not from within the cancelling itself: who cancels does not expect an answer there. */
static void
cancelled_cb (GCancellable *cancellable,
              GTask        *task)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, give_up_cb, g_object_ref (task), g_object_unref);
}

static void
secret_found_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      data)
{
  g_autoptr (GTask) task = data;
  Connecting *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (SideSipSecret) secret = side_lines_find_secret_finish (SIDE_LINES (source), result, &error);
  g_autoptr (SideSipSettings) settings = side_line_dup_settings (self->line);
  SideDesk *desk = g_task_get_source_object (task);

  if (g_task_return_error_if_cancelled (task))
    return;
  if (settings == NULL || !side_sip_settings_check (settings, NULL))
    {
      g_task_return_new_error (task, SIDE_ERROR, SIDE_ERROR_INVALID, "%s",
                               _("The line is not filled in as it must be: look at it under Telephone Lines."));
      return;
    }
  if (secret == NULL && self->line->registers)
    {
      g_task_return_new_error (task, SIDE_ERROR, SIDE_ERROR_UNAUTHORIZED, "%s",
                               _("The password of the line is not known: type it again under Telephone Lines."));
      return;
    }
  side_call_media_prepare ();
  self->account = side_sip_account_new (settings, secret, side_desk_get_clock (desk));
  g_signal_connect_swapped (self->account, "notify::state", G_CALLBACK (state_cb), task);
  if (g_task_get_cancellable (task) != NULL)
    self->cancelled_id = g_cancellable_connect (g_task_get_cancellable (task), G_CALLBACK (cancelled_cb), task, NULL);
  g_object_ref (task);   /* until it has its answer */
  side_sip_account_go_online (self->account);
}

/**
 * side_test_call_maker_connect_async:
 * @desk: whose clock the call goes by
 * @lines: the telephone lines
 * @line: id of one of them
 * @cancellable: (nullable): gives up
 * @callback: called when calls can be made on the line, or when it is known why not
 * @user_data: data for @callback
 */
void
side_test_call_maker_connect_async (SideDesk            *desk,
                                    SideLines           *lines,
                                    const char          *line,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  const SideLine *found;
  Connecting *self;

  g_return_if_fail (SIDE_IS_DESK (desk) && SIDE_IS_LINES (lines));

  task = g_task_new (desk, cancellable, callback, user_data);
  g_task_set_source_tag (task, side_test_call_maker_connect_async);
  found = line != NULL ? side_lines_find (lines, line) : NULL;
  if (found == NULL)
    {
      g_task_return_new_error (task, SIDE_ERROR, SIDE_ERROR_NOT_FOUND, "%s", _("There is no telephone line to call on."));
      return;
    }
  self = g_new0 (Connecting, 1);
  self->line = side_line_copy (found);
  g_task_set_task_data (task, self, connecting_free);
  side_lines_find_secret_async (lines, line, cancellable, secret_found_cb, g_steal_pointer (&task));
}

/**
 * side_test_call_maker_connect_finish:
 * @desk: the desk
 * @result: what the callback was given
 * @error: what is wrong with the line, in words for a person
 *
 * Returns: (transfer full): the line, ready; for side_test_call_maker_let_go()
 */
SideSipAccount *
side_test_call_maker_connect_finish (SideDesk      *desk,
                                     GAsyncResult  *result,
                                     GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, desk), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * side_test_call_maker_let_go:
 * @account: (inout) (nullable): a line, which is closed and no more held
 */
void
side_test_call_maker_let_go (SideSipAccount **account)
{
  g_return_if_fail (account != NULL);

  if (*account == NULL)
    return;
  side_sip_account_close_async (*account, NULL, NULL);
  g_clear_object (account);
}

/* The newest version of the script is asked for: which that is, is known here. */
static void
pin_script (SideDesk     *desk,
            SideTestCall *call)
{
  GPtrArray *scripts = side_scenarios_get_scripts (side_scenarios_get (desk));

  for (guint i = 0; call->review->script_version == 0 && i < scripts->len; i++)
    if (g_strcmp0 (((const SideScript *) scripts->pdata[i])->id, call->review->script) == 0)
      call->review->script_version = ((const SideScript *) scripts->pdata[i])->version;
}

/**
 * side_test_call_maker_new_call:
 * @desk: a desk with a project
 * @line: (nullable): what is called on
 * @scenario: what is called by
 * @number: what is dialled
 *
 * Returns: (transfer full): a call of this person's that was not dialled yet
 */
SideTestCall *
side_test_call_maker_new_call (SideDesk           *desk,
                               const SideLine     *line,
                               const SideScenario *scenario,
                               const char         *number)
{
  g_autofree char *id = side_id_new ();
  SideTestCall *call;

  g_return_val_if_fail (SIDE_IS_DESK (desk) && scenario != NULL, NULL);

  call = side_test_call_new (id, side_desk_get_project_id (desk), number);
  side_test_call_follow (call, scenario);
  if (call->review->reviewer == NULL)
    call->review->reviewer = g_strdup (side_desk_get_user (desk));
  call->account = g_strdup (line != NULL ? line->label : NULL);
  call->caller = g_strdup (line != NULL ? side_line_get_caller (line) : NULL);
  side_rules_sign (desk, NULL, call);
  pin_script (desk, call);
  return call;
}

/**
 * side_test_call_maker_dup_recording:
 * @desk: a desk
 * @call: a test call
 *
 * Returns: (transfer full) (nullable): path of its recording, in a folder that is there; %NULL where
 *   calls are not to be recorded
 */
char *
side_test_call_maker_dup_recording (SideDesk           *desk,
                                    const SideTestCall *call)
{
  g_return_val_if_fail (SIDE_IS_DESK (desk) && call != NULL, NULL);
  return g_settings_get_boolean (side_settings_get (), "record-test-calls") ? side_test_recordings_dup_path (desk, call) : NULL;
}

/**
 * side_test_call_maker_keep:
 * @shelf: what reads test calls, and tells when writing fails
 * @call: a test call
 *
 * Writes down what is known of it; nothing without a store.
 */
void
side_test_call_maker_keep (SideDocumentShelf  *shelf,
                           const SideTestCall *call)
{
  g_autoptr (SideDocument) document = NULL;
  SideDesk *desk;

  g_return_if_fail (SIDE_IS_DOCUMENT_SHELF (shelf) && call != NULL);

  desk = side_document_shelf_get_desk (shelf);
  if (desk == NULL || side_desk_get_store (desk) == NULL)
    return;
  document = side_wire_document_for_test_call (call);
  document->changed_ms = side_desk_get_write_ms (desk);
  side_document_shelf_put (shelf, document, NULL);
}

/**
 * side_test_call_maker_keep_unmade:
 * @shelf: what reads test calls, and tells when writing fails
 * @call: a test call that a campaign speaks of already
 * @why: why it could not be dialled
 *
 * Writes down that it came to nothing, and why.
 */
void
side_test_call_maker_keep_unmade (SideDocumentShelf  *shelf,
                                  const SideTestCall *call,
                                  const GError       *why)
{
  g_autoptr (SideTestCall) unmade = NULL;
  SideDesk *desk;

  g_return_if_fail (SIDE_IS_DOCUMENT_SHELF (shelf) && call != NULL && why != NULL);

  desk = side_document_shelf_get_desk (shelf);
  if (desk == NULL)
    return;
  unmade = side_test_call_copy (call);
  unmade->dialled_ms = unmade->ended_ms = side_desk_get_write_ms (desk);
  unmade->end = SIDE_TEST_END_LOST;
  side_test_call_add_note (unmade, 0, why->message);
  side_test_call_maker_keep (shelf, unmade);
}
