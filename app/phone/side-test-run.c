/* side-test-run.c - one test call, from dialling to its last packet
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signalling comes from a SideSipCall, sound from a SideCallMedia, and what the
 * computer does by itself is said by the pilot. What is written down of the
 * call, and what is said in it, is in side-test-run-words.c.
 */
#include "side-test-run-private.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/random.h>

#include "side-error.h"
#include "side-sdp.h"
#include "side-sip-words.h"
#include "side-test-prompts.h"
#include "side-test-timeline.h"

#define TICK_MS 100

enum
{
  PROP_0,
  PROP_STATE,
  PROP_MUTED,
  PROP_FOLLOWS_MENU,
  PROP_ROBOT,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];
static guint signals[SIDE_TEST_RUN_N_SIGNALS];

G_DEFINE_FINAL_TYPE (SideTestRun, side_test_run, G_TYPE_OBJECT)

GType
side_test_limit_get_type (void)
{
  static GType type;
  static const GEnumValue values[] = {
    { SIDE_TEST_LIMIT_RING, "SIDE_TEST_LIMIT_RING", "ring" },
    { SIDE_TEST_LIMIT_MENU, "SIDE_TEST_LIMIT_MENU", "menu" },
    { SIDE_TEST_LIMIT_QUEUE, "SIDE_TEST_LIMIT_QUEUE", "queue" },
    { SIDE_TEST_LIMIT_TALK, "SIDE_TEST_LIMIT_TALK", "talk" },
    { 0, NULL, NULL },
  };

  if (g_once_init_enter (&type))
    g_once_init_leave (&type, g_enum_register_static ("SideTestLimit", values));
  return type;
}

void
_side_test_run_changed (SideTestRun *self)
{
  g_signal_emit (self, signals[SIDE_TEST_RUN_CHANGED], 0);
}

void
_side_test_run_failed (SideTestRun  *self,
                       const GError *error)
{
  g_signal_emit (self, signals[SIDE_TEST_RUN_FAILED], 0, error);
}

void
_side_test_run_tell_said (SideTestRun *self,
                          const char  *step)
{
  g_signal_emit (self, signals[SIDE_TEST_RUN_SAID], 0, step);
}

/* -- what goes on */

/* The timeline up to now, from what was signalled and heard. */
static void
draw_timeline (SideTestRun *self)
{
  g_autoptr (GArray) heard = side_call_media_get_heard (self->media);
  gint64 start = side_call_media_get_start_ms (self->media);
  gint64 from = start != 0 && self->call->dialled_ms != 0 ? start - self->call->dialled_ms : 0;
  const SidePhoneSegment *last = heard->len > 0 ? &g_array_index (heard, SidePhoneSegment, heard->len - 1) : NULL;

  self->call->recorded_ms = self->call->recording != NULL ? start : 0;
  self->heard_from_ms = from;
  side_test_timeline_fill (self->call, (const SidePhoneSegment *) heard->data, heard->len, from, side_test_run_get_elapsed_ms (self));
  self->quiet_ms = last != NULL && last->sound == SIDE_PHONE_SOUND_SILENCE ? side_test_run_get_elapsed_ms (self) - from - last->from_ms : 0;
}

static void
do_deed (SideTestRun        *self,
         const SideTestDeed *deed)
{
  g_autoptr (GError) error = NULL;

  switch (deed->kind)
    {
    case SIDE_TEST_DEED_PRESS:
      if (!side_test_run_press (self, deed->text, &error))
        _side_test_run_failed (self, error);
      break;
    case SIDE_TEST_DEED_SAY:
      _side_test_run_say_best (self, deed->text);
      break;
    case SIDE_TEST_DEED_LIMIT:
      g_signal_emit (self, signals[SIDE_TEST_RUN_LIMIT], 0, deed->limit);
      break;
    case SIDE_TEST_DEED_HANG_UP:
      side_test_run_hang_up (self);
      break;
    case SIDE_TEST_DEED_NONE:
    default:
      break;
    }
}

static gboolean
tick_cb (gpointer data)
{
  g_autoptr (SideTestRun) self = g_object_ref (data);
  SideTestDeed deed;

  draw_timeline (self);
  do
    {
      SideTestView view = { .call = self->call, .now_ms = side_test_run_get_elapsed_ms (self), .quiet_ms = self->quiet_ms,
                            .speaking = _side_test_run_is_speaking (self) };

      if (self->hung_up || self->state >= SIDE_SIP_CALL_CLOSING)
        break;
      deed = side_test_pilot_next (&self->pilot, &view);
      do_deed (self, &deed);
    }
  while (deed.kind != SIDE_TEST_DEED_NONE && deed.kind != SIDE_TEST_DEED_HANG_UP);
  _side_test_run_changed (self);
  return G_SOURCE_CONTINUE;
}

/* -- signalling */

static gboolean
agree (SideTestRun *self,
       SideSdp     *theirs,
       gboolean     we_offered,
       GError     **error)
{
  g_auto (SideSdpAgreed) agreed = { 0 };

  return side_sdp_agree (self->ours, theirs, we_offered, &agreed, error) && side_call_media_agree (self->media, &agreed, error);
}

static void
described_cb (SideTestRun *self,
              const char  *branch,
              const char  *sdp,
              guint        code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SideSdp) theirs = side_sdp_parse (sdp, -1, &error);

  if (theirs != NULL && agree (self, theirs, TRUE, &error))
    return;
  _side_test_run_failed (self, error);
  /* A call that is answered and cannot be heard is none. */
  if (code >= 200)
    side_test_run_hang_up (self);
}

static char *
offered_cb (SideTestRun *self,
            const char  *sdp)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SideSdp) theirs = NULL, answer = NULL;

  if (sdp == NULL)
    {
      answer = side_sdp_reoffer (self->ours, SIDE_SDP_SENDRECV);
    }
  else
    {
      theirs = side_sdp_parse (sdp, -1, &error);
      answer = theirs != NULL ? side_sdp_answer (self->ours, theirs, &error) : NULL;
    }
  if (answer == NULL)
    {
      _side_test_run_failed (self, error);
      return NULL;
    }
  side_sdp_unref (self->ours);
  self->ours = g_steal_pointer (&answer);
  if (theirs != NULL && !agree (self, theirs, FALSE, &error))
    {
      _side_test_run_failed (self, error);
      return NULL;
    }
  return side_sdp_to_string (self->ours);
}

static void
keep_times (SideTestRun *self)
{
  SideTestCall *call = self->call;

  call->ringing_ms = side_sip_call_get_since (self->sip, SIDE_SIP_CALL_RINGING);
  call->early_ms = side_sip_call_get_since (self->sip, SIDE_SIP_CALL_EARLY);
  call->answered_ms = side_sip_call_get_since (self->sip, SIDE_SIP_CALL_ANSWERED);
}

static void
keep_end (SideTestRun *self)
{
  /* In the order of SideSipEndedBy. */
  static const SideTestEnd ends[] = { SIDE_TEST_END_US, SIDE_TEST_END_THEM, SIDE_TEST_END_CANCELLED, SIDE_TEST_END_REFUSED,
                                      SIDE_TEST_END_SILENT, SIDE_TEST_END_LOST };
  const SideSipEnd *end = side_sip_call_get_end (self->sip);
  gint64 closing = side_sip_call_get_since (self->sip, SIDE_SIP_CALL_CLOSING);

  self->call->ended_ms = closing != 0 ? closing : side_sip_call_get_since (self->sip, SIDE_SIP_CALL_ENDED);
  if (end == NULL)
    return;
  self->call->end = ends[end->by];
  self->call->end_code = end->code;
  self->call->end_phrase = g_strdup (end->phrase);
  if (end->reason_protocol != NULL)
    self->call->end_reason = g_strdup_printf ("%s;cause=%d;text=\"%s\"", end->reason_protocol, end->reason_cause,
                                              end->reason_text != NULL ? end->reason_text : "");
  if (end->error != NULL)
    {
      g_autofree char *words = side_sip_words_for_end (end);
      g_autoptr (GError) told = g_error_new_literal (end->error->domain, end->error->code, words);

      _side_test_run_failed (self, told);
    }
}

static void
over (SideTestRun *self)
{
  self->is_over = TRUE;
  _side_test_run_changed (self);
  g_signal_emit (self, signals[SIDE_TEST_RUN_ENDED], 0);
  g_object_unref (self);
}

static void
compared_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  SideTestRun *self = SIDE_TEST_RUN (source);
  g_autoptr (GError) error = NULL;

  if (!side_test_run_compare_finish (self, result, &error))
    _side_test_run_failed (self, error);
  /* What was a recording for certain was no person, whatever the ear thought. */
  draw_timeline (self);
  side_test_prompts_name_segments (self->call);
  _side_test_run_forget (self);
  over (self);
}

static void
compare (SideTestRun *self)
{
  if (side_test_prompts_wanted (self->call) && (self->call->answered_ms != 0 || self->call->early_ms != 0))
    side_test_run_compare_async (self, compared_cb, NULL);
  else
    over (self);
}

static void
hashed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  SideTestRun *self = SIDE_TEST_RUN (source);
  g_autoptr (GError) error = NULL;

  self->call->recording_sha256 = side_test_run_hash_finish (self, result, &error);
  if (error != NULL)
    _side_test_run_failed (self, error);
  compare (self);
}

/* A call without a packet of sound has a file with a head and nothing in it: that is no recording. */
static void
drop_silent_recording (SideTestRun *self)
{
  if (self->recording == NULL || side_call_media_get_start_ms (self->media) != 0)
    return;
  _side_test_run_forget (self);
  if (self->recording == NULL)
    return;
  g_unlink (self->recording);
  g_clear_pointer (&self->recording, g_free);
  g_clear_pointer (&self->call->recording, g_free);
}

static void
stopped_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  SideTestRun *self = data;
  g_autoptr (GError) error = NULL;

  if (!side_call_media_stop_finish (self->media, result, &error))
    _side_test_run_failed (self, error);
  /* What the ear tells last it tells when it hears nothing more. */
  draw_timeline (self);
  drop_silent_recording (self);
  if (self->call->recording != NULL)
    side_test_run_hash_async (self, self->recording, hashed_cb, NULL);
  else if (self->passing != NULL)
    compare (self);
  else
    over (self);
}

static void
state_cb (SideTestRun *self)
{
  self->state = side_sip_call_get_state (self->sip);
  keep_times (self);
  if (self->state == SIDE_SIP_CALL_ANSWERED)
    side_call_media_answered (self->media, self->call->answered_ms);
  if (self->state == SIDE_SIP_CALL_ENDED)
    {
      g_clear_handle_id (&self->tick_id, g_source_remove);
      keep_end (self);
      _side_test_run_keep_quality (self);
      draw_timeline (self);
      side_call_media_stop_async (self->media, stopped_cb, self);
    }
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATE]);
  _side_test_run_changed (self);
}

/* -- the start */

static gboolean
open_media (SideTestRun  *self,
            GError      **error)
{
  GInetAddress *local = side_sip_account_get_local (self->account);
  g_autoptr (SideSipSettings) settings = NULL;
  guint8 key[SIDE_SDP_KEY_BYTES];
  const SideSdpCodec *codecs;
  gboolean encrypted;
  gsize n;

  if (local == NULL)
    {
      g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_DISCONNECTED, _("The telephone line is not ready"));
      return FALSE;
    }
  g_object_get (self->account, "settings", &settings, NULL);
  encrypted = side_sip_settings_get_media (settings) == SIDE_SIP_MEDIA_SRTP;
  if (encrypted && getrandom (key, sizeof key, 0) != sizeof key)
    {
      g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_FAILED, _("No key for an encrypted call could be made"));
      return FALSE;
    }
  self->media = side_call_media_new (local, error);
  if (self->media == NULL || !_side_test_run_record (self, error))
    return FALSE;
  codecs = side_sdp_usual_codecs (TRUE, side_call_media_has_g722 (), &n);
  self->ours = side_sdp_new_offer (local, side_call_media_get_rtp_port (self->media), codecs, n, encrypted ? key : NULL,
                                   encrypted ? sizeof key : 0);
  explicit_bzero (key, sizeof key);
  _side_test_run_listen (self);
  side_call_media_set_muted (self->media, self->muted);
  return TRUE;
}

/**
 * side_test_run_start:
 * @self: a test call that was not started yet
 * @error: SIDE_ERROR_DISCONNECTED where the line is not ready, INVALID for a number that is none, and
 *   what the ports, the recording and the sound may meet
 *
 * Dials. Whatever happens later is the call's own course, and ::ended comes.
 *
 * Returns: whether the call is on its way
 */
gboolean
side_test_run_start (SideTestRun  *self,
                     GError      **error)
{
  const char *headers[] = { "X-Sidetone-Test", NULL, NULL };
  g_autofree char *offer = NULL;

  g_return_val_if_fail (SIDE_IS_TEST_RUN (self) && self->sip == NULL, FALSE);

  if (!open_media (self, error))
    return FALSE;
  offer = side_sdp_to_string (self->ours);
  headers[1] = self->call->review->id;
  self->call->dialled_ms = side_clock_now_ms (self->clock);
  self->sip = side_sip_account_call (self->account, self->call->number, offer, headers, error);
  explicit_bzero (offer, strlen (offer));
  if (self->sip == NULL)
    return FALSE;
  self->call->dialled_ms = side_sip_call_get_since (self->sip, SIDE_SIP_CALL_DIALLED);
  self->call->sip_call_id = g_strdup (side_sip_call_get_call_id (self->sip));
  self->call->robot = self->pilot.robot;
  g_signal_connect_object (self->sip, "described", G_CALLBACK (described_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sip, "offered", G_CALLBACK (offered_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sip, "notify::state", G_CALLBACK (state_cb), self, G_CONNECT_SWAPPED);
  self->tick_id = g_timeout_add (TICK_MS, tick_cb, self);
  g_object_ref (self);   /* until over(): nobody lets go of a call that stands */
  return TRUE;
}

/**
 * side_test_run_hang_up:
 * @self: a test call
 *
 * Ends it, whatever it is doing; ::ended comes. Nothing once it is over.
 */
void
side_test_run_hang_up (SideTestRun *self)
{
  g_return_if_fail (SIDE_IS_TEST_RUN (self));

  self->hung_up = TRUE;
  if (self->sip != NULL)
    side_sip_call_hang_up (self->sip, NULL);
}

SideSipCallState
side_test_run_get_state (SideTestRun *self)
{
  g_return_val_if_fail (SIDE_IS_TEST_RUN (self), SIDE_SIP_CALL_ENDED);
  return self->state;
}

/**
 * side_test_run_get_call:
 * @self: a test call
 *
 * Returns: (transfer none): what is known of it up to now; it grows until ::ended
 */
SideTestCall *
side_test_run_get_call (SideTestRun *self)
{
  g_return_val_if_fail (SIDE_IS_TEST_RUN (self), NULL);
  return self->call;
}

/**
 * side_test_run_get_media:
 * @self: a test call
 *
 * Returns: (transfer none) (nullable): its sound, from the start on
 */
SideCallMedia *
side_test_run_get_media (SideTestRun *self)
{
  g_return_val_if_fail (SIDE_IS_TEST_RUN (self), NULL);
  return self->media;
}

/**
 * side_test_run_get_elapsed_ms:
 * @self: a test call
 *
 * Returns: for how long it has been going on, or went on, from the moment it was dialled
 */
gint64
side_test_run_get_elapsed_ms (SideTestRun *self)
{
  g_return_val_if_fail (SIDE_IS_TEST_RUN (self), 0);

  if (self->call->dialled_ms == 0)
    return 0;
  return MAX (0, (self->call->ended_ms != 0 ? self->call->ended_ms : side_clock_now_ms (self->clock)) - self->call->dialled_ms);
}

/**
 * side_test_run_is_over:
 * @self: a test call
 *
 * Returns: whether ::ended was emitted
 */
gboolean
side_test_run_is_over (SideTestRun *self)
{
  g_return_val_if_fail (SIDE_IS_TEST_RUN (self), TRUE);
  return self->is_over;
}

void
side_test_run_set_muted (SideTestRun *self,
                         gboolean     muted)
{
  g_return_if_fail (SIDE_IS_TEST_RUN (self));

  if (self->muted == !!muted)
    return;
  self->muted = !!muted;
  if (self->media != NULL)
    side_call_media_set_muted (self->media, muted);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_MUTED]);
}

void
side_test_run_set_follows_menu (SideTestRun *self,
                                gboolean     follows)
{
  g_return_if_fail (SIDE_IS_TEST_RUN (self));

  if (self->pilot.follows_menu == !!follows)
    return;
  self->pilot.follows_menu = !!follows;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_FOLLOWS_MENU]);
}

void
side_test_run_set_robot (SideTestRun *self,
                         gboolean     robot)
{
  g_return_if_fail (SIDE_IS_TEST_RUN (self) && self->sip == NULL);

  if (self->pilot.robot == !!robot)
    return;
  self->pilot.robot = !!robot;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ROBOT]);
}

/* -- the object */

static void
side_test_run_dispose (GObject *object)
{
  SideTestRun *self = SIDE_TEST_RUN (object);

  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->sip);
  g_clear_object (&self->media);
  g_clear_object (&self->account);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (side_test_run_parent_class)->dispose (object);
}

static void
side_test_run_finalize (GObject *object)
{
  SideTestRun *self = SIDE_TEST_RUN (object);

  _side_test_run_forget (self);
  g_clear_pointer (&self->call, side_test_call_unref);
  g_clear_pointer (&self->ours, side_sdp_unref);
  g_clear_pointer (&self->clips, g_hash_table_unref);
  g_clear_object (&self->cancellable);
  g_free (self->recording);
  G_OBJECT_CLASS (side_test_run_parent_class)->finalize (object);
}

static void
side_test_run_get_property (GObject    *object,
                            guint       id,
                            GValue     *value,
                            GParamSpec *spec)
{
  SideTestRun *self = SIDE_TEST_RUN (object);

  switch (id)
    {
    case PROP_STATE:
      g_value_set_enum (value, (int) self->state);
      break;
    case PROP_MUTED:
      g_value_set_boolean (value, self->muted);
      break;
    case PROP_FOLLOWS_MENU:
      g_value_set_boolean (value, self->pilot.follows_menu);
      break;
    case PROP_ROBOT:
      g_value_set_boolean (value, self->pilot.robot);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
    }
}

static void
side_test_run_set_property (GObject      *object,
                            guint         id,
                            const GValue *value,
                            GParamSpec   *spec)
{
  SideTestRun *self = SIDE_TEST_RUN (object);

  switch (id)
    {
    case PROP_MUTED:
      side_test_run_set_muted (self, g_value_get_boolean (value));
      break;
    case PROP_FOLLOWS_MENU:
      side_test_run_set_follows_menu (self, g_value_get_boolean (value));
      break;
    case PROP_ROBOT:
      side_test_run_set_robot (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
    }
}

static void
side_test_run_class_init (SideTestRunClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags own = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = side_test_run_dispose;
  object_class->finalize = side_test_run_finalize;
  object_class->get_property = side_test_run_get_property;
  object_class->set_property = side_test_run_set_property;
  props[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, SIDE_TYPE_SIP_CALL_STATE, SIDE_SIP_CALL_DIALLED,
                                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  props[PROP_MUTED] = g_param_spec_boolean ("muted", NULL, NULL, FALSE, own);
  props[PROP_FOLLOWS_MENU] = g_param_spec_boolean ("follows-menu", NULL, NULL, TRUE, own);
  props[PROP_ROBOT] = g_param_spec_boolean ("robot", NULL, NULL, FALSE, own);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[SIDE_TEST_RUN_CHANGED] = g_signal_new ("changed", SIDE_TYPE_TEST_RUN, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIDE_TEST_RUN_SAID] = g_signal_new ("said", SIDE_TYPE_TEST_RUN, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIDE_TEST_RUN_LIMIT] = g_signal_new ("limit", SIDE_TYPE_TEST_RUN, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, SIDE_TYPE_TEST_LIMIT);
  signals[SIDE_TEST_RUN_FAILED] = g_signal_new ("failed", SIDE_TYPE_TEST_RUN, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
  signals[SIDE_TEST_RUN_ENDED] = g_signal_new ("ended", SIDE_TYPE_TEST_RUN, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
side_test_run_init (SideTestRun *self)
{
  self->pilot.follows_menu = TRUE;
  self->cancellable = g_cancellable_new ();
  self->clips = g_hash_table_new_full (NULL, NULL, NULL, _side_test_clip_free);
}

/**
 * side_test_run_new:
 * @account: a line that is ready
 * @call: what is to be called, with its scenario pinned; it is copied
 * @recording: (nullable): path of the recording to be made; its folder exists. Without one nothing is kept:
 *   what the announcements are compared in is deleted when the call is over
 * @clock: what time it is
 *
 * Returns: (transfer full): a test call that was not started
 */
SideTestRun *
side_test_run_new (SideSipAccount     *account,
                   const SideTestCall *call,
                   const char         *recording,
                   SideClock          *clock)
{
  SideTestRun *self;

  g_return_val_if_fail (SIDE_IS_SIP_ACCOUNT (account) && call != NULL && call->number != NULL && SIDE_IS_CLOCK (clock), NULL);

  self = g_object_new (SIDE_TYPE_TEST_RUN, NULL);
  self->account = g_object_ref (account);
  self->clock = g_object_ref (clock);
  self->call = side_test_call_copy (call);
  self->recording = g_strdup (recording);
  if (recording != NULL)
    {
      g_free (self->call->recording);
      self->call->recording = g_path_get_basename (recording);
    }
  self->pilot.robot = call->robot;
  return self;
}
