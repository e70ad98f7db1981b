/* side-live-explain.c - how each number of the Live page was counted
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Says for every indicator the formula in words, the same with the numbers
 * that were put in, what it rests on and what was left out. It must agree with
 * side-counts.c and side-indicators.c, which count: the unit test works the
 * numbers out again from the text.
 */
#include <glib/gi18n.h>
#include <math.h>

#include "side-live-text.h"
#include "side-text.h"

static const char *
service_formula (SideFormula formula)
{
  switch (formula)
    {
    case SIDE_FORMULA_F1:
      return _("Calls answered or lost within the threshold, divided by all answered and lost calls (F1).");
    case SIDE_FORMULA_F2:
      return _("Calls answered within the threshold, divided by all answered calls (F2).");
    case SIDE_FORMULA_F3:
      return _("Calls answered within the threshold, divided by all answered and lost calls (F3).");
    case SIDE_FORMULA_F5:
      return _("Calls answered within the threshold and short abandoned ones, divided by all answered and lost calls (F5).");
    case SIDE_FORMULA_F6:
      return _("Calls answered within the threshold, divided by all answered and lost calls but for short abandoned ones (F6).");
    case SIDE_FORMULA_F4:
    case SIDE_FORMULA_UNKNOWN:
    default:
      return _("Calls answered within the threshold, divided by all answered calls and those lost after the threshold (F4).");
    }
}

static char *
service_numbers (const SideCounts *c,
                 SideFormula       formula,
                 double            level)
{
  g_autofree char *result = side_text_percent (level, 2);
  int ans = (int) c->answered, ans_t = (int) c->answered_in_t;
  int ab_t = (int) c->lost_in_t, ab_after = (int) c->lost_after_t, ab_short = (int) c->short_abandoned;

  switch (formula)
    {
    case SIDE_FORMULA_F1:
      return g_strdup_printf ("(%d + %d) ÷ (%d + %d) = %s", ans_t, ab_t, ans, ab_t + ab_after, result);
    case SIDE_FORMULA_F2:
      return g_strdup_printf ("%d ÷ %d = %s", ans_t, ans, result);
    case SIDE_FORMULA_F3:
      return g_strdup_printf ("%d ÷ (%d + %d) = %s", ans_t, ans, ab_t + ab_after, result);
    case SIDE_FORMULA_F5:
      return g_strdup_printf ("(%d + %d) ÷ (%d + %d) = %s", ans_t, ab_short, ans, ab_t + ab_after, result);
    case SIDE_FORMULA_F6:
      return g_strdup_printf ("%d ÷ (%d + %d − %d) = %s", ans_t, ans, ab_t + ab_after, ab_short, result);
    case SIDE_FORMULA_F4:
    case SIDE_FORMULA_UNKNOWN:
    default:
      return g_strdup_printf ("%d ÷ (%d + %d) = %s", ans_t, ans, ab_after, result);
    }
}

static char *
n_calls (gint64 n)
{
  return g_strdup_printf (ngettext ("%d call", "%d calls", (gulong) n), (int) n);
}

static char *
mean_numbers (gint64 sum_ms,
              gint64 n,
              double mean_ms)
{
  g_autofree char *sum = side_text_duration (sum_ms);
  g_autofree char *mean = side_live_milliseconds (mean_ms);

  return g_strdup_printf ("%s ÷ %d = %s", sum, (int) n, mean);
}

/* Takes over @sentence, which stands for @n things, if there are any. */
static void
leave_out (SideExplanation *self,
           gint64           n,
           char            *sentence)
{
  if (n > 0)
    g_ptr_array_add (self->left_out, sentence);
  else
    g_free (sentence);
}

/* How many calls the formula divides by; says which lost ones it does not. */
static gint64
service_base (SideExplanation  *self,
              const SideCounts *c,
              SideFormula       formula)
{
  gint64 lost = c->lost_in_t + c->lost_after_t;

  switch (formula)
    {
    case SIDE_FORMULA_F1:
    case SIDE_FORMULA_F3:
    case SIDE_FORMULA_F5:
      return c->answered + lost;
    case SIDE_FORMULA_F2:
      leave_out (self, lost, g_strdup_printf (ngettext ("%d lost call", "%d lost calls", (gulong) lost), (int) lost));
      return c->answered;
    case SIDE_FORMULA_F6:
      leave_out (self, c->short_abandoned,
                 g_strdup_printf (ngettext ("%d short abandoned call", "%d short abandoned calls",
                                            (gulong) c->short_abandoned), (int) c->short_abandoned));
      return c->answered + lost - c->short_abandoned;
    case SIDE_FORMULA_F4:
    case SIDE_FORMULA_UNKNOWN:
    default:
      leave_out (self, c->lost_in_t,
                 g_strdup_printf (ngettext ("%d call lost within the threshold", "%d calls lost within the threshold",
                                            (gulong) c->lost_in_t), (int) c->lost_in_t));
      return c->answered + c->lost_after_t;
    }
}

static void
explain_service (SideExplanation      *self,
                 const SideIndicators *f,
                 const SideProject    *config)
{
  const SideCounts *c = &f->counts;

  self->formula = g_strdup_printf (_("%s The threshold is %d s and counts as within."),
                                   service_formula (config->formula), (int) (config->threshold_ms / 1000));
  self->numbers = service_numbers (c, config->formula, f->service_level);
  self->rests_on = n_calls (service_base (self, c, config->formula));
}

static void
explain_shares (SideExplanation      *self,
                SideIndicator         indicator,
                const SideIndicators *f)
{
  const SideCounts *c = &f->counts;
  g_autofree char *result = NULL;

  if (indicator == SIDE_INDICATOR_ABANDONED)
    {
      result = side_text_percent (f->abandoned_ratio, 2);
      self->formula = g_strdup (_("Calls whose caller hung up while waiting, divided by all calls that entered a queue. "
                                  "Calls lost for other reasons (time-out, no operators, left by key) are not in it."));
      self->numbers = g_strdup_printf ("%d ÷ %d = %s", (int) c->abandoned, (int) c->offered, result);
    }
  else
    {
      result = side_text_percent (side_ratio ((double) c->answered, (double) c->offered), 2);
      self->formula = g_strdup (_("Calls connected to an operator, counted when they are connected; the share is of all calls that entered a queue."));
      self->numbers = g_strdup_printf ("%d ÷ %d = %s", (int) c->answered, (int) c->offered, result);
    }
  self->rests_on = n_calls (c->offered);
}

static void
explain_answer_time (SideExplanation      *self,
                     const SideIndicators *f)
{
  g_autofree char *p50 = side_live_milliseconds (f->asa_p50_ms);
  g_autofree char *p90 = side_live_milliseconds (f->asa_p90_ms);
  g_autofree char *most = side_live_milliseconds (f->asa_max_ms);
  g_autofree char *mean = mean_numbers (f->counts.wait_answered_ms, f->counts.answered, f->asa_ms);

  self->formula = g_strdup (_("The waits of all answered calls, divided by their number. Lost calls are not in it."));
  self->numbers = g_strdup_printf (_("%s\nHalf of them waited up to %s, nine in ten up to %s, the longest %s."),
                                   mean, p50, p90, most);
  self->rests_on = n_calls (f->counts.answered);
}

static void
explain_handling_time (SideExplanation      *self,
                       const SideIndicators *f)
{
  const SideCounts *c = &f->counts;
  g_autofree char *talk = side_text_duration (c->talk_ms);
  g_autofree char *hold = side_text_duration (c->hold_ms);
  g_autofree char *wrap = side_text_duration (c->wrap_ms);
  g_autofree char *mean = side_live_milliseconds (f->aht_ms);
  gint64 going_on = c->answered - c->handled;

  self->formula = g_strdup (_("Talk, hold and after-call work of answered calls that have ended, divided by their number."));
  self->numbers = g_strdup_printf ("(%s + %s + %s) ÷ %d = %s", talk, hold, wrap, (int) c->handled, mean);
  self->rests_on = n_calls (c->handled);
  leave_out (self, going_on,
             g_strdup_printf (ngettext ("%d call that is still going on", "%d calls that are still going on",
                                        (gulong) going_on), (int) going_on));
}

static void
explain_now (SideExplanation      *self,
             SideIndicator         indicator,
             const SideIndicators *f,
             const SideProject    *config)
{
  g_autofree char *value = side_live_value (indicator, f);
  int off = f->by_state[SIDE_OPERATOR_OFF];

  switch (indicator)
    {
    case SIDE_INDICATOR_WAITING:
      self->formula = g_strdup (_("Calls that are in a queue at this moment and not answered yet, whenever they arrived."));
      self->numbers = g_strdup (value);
      self->rests_on = n_calls (f->waiting);
      break;
    case SIDE_INDICATOR_LONGEST_WAIT:
      self->formula = g_strdup (_("The longest wait of those who are waiting at this moment."));
      self->numbers = g_strdup (value);
      self->rests_on = n_calls (f->waiting);
      break;
    case SIDE_INDICATOR_OPERATORS:
      self->formula = g_strdup (_("Operators who talk at this moment, of all who are logged in. Busy ones talk, are being rung or "
                                  "do after-call work."));
      self->numbers = g_strdup_printf (_("Talking %d, ringing %d, free %d, wrap-up %d, break %d"),
                                       f->by_state[SIDE_OPERATOR_TALKING], f->by_state[SIDE_OPERATOR_RINGING],
                                       f->by_state[SIDE_OPERATOR_READY], f->by_state[SIDE_OPERATOR_WRAP_UP],
                                       f->by_state[SIDE_OPERATOR_BREAK]);
      self->rests_on = g_strdup_printf (ngettext ("%d operator", "%d operators", (gulong) f->logged_in), f->logged_in);
      leave_out (self, off,
                 g_strdup_printf (ngettext ("%d operator who is off", "%d operators who are off",
                                            (gulong) off), (int) off));
      break;
    default:
      self->formula = g_strdup_printf (_("Callers nobody spoke to, one for each number, until one of ours reaches them or they "
                                         "call again and are answered. Overdue after %d minutes."),
                                       (int) (config->callback_due_ms / 60000));
      self->numbers = g_strdup_printf (_("Due %d, overdue %d"), f->callbacks_due, f->callbacks_overdue);
      self->rests_on = g_strdup_printf (ngettext ("%d caller", "%d callers", (gulong) f->callbacks_due), f->callbacks_due);
      break;
    }
}

static void
explain_occupancy (SideExplanation      *self,
                   const SideIndicators *f)
{
  g_autofree char *busy = side_text_duration (f->busy_ms);
  g_autofree char *ready = side_text_duration (f->ready_ms);
  g_autofree char *result = side_text_percent (f->occupancy, 2);

  self->formula = g_strdup (_("Time of operators in talk, hold and after-call work, divided by that time and the time they were ready "
                              "for calls. Breaks are not in it. Calls that an operator takes for other shops count as well."));
  self->numbers = g_strdup_printf ("%s ÷ (%s + %s) = %s", busy, busy, ready, result);
  self->rests_on = g_strdup_printf (ngettext ("%d operator", "%d operators", (gulong) f->present), f->present);
}

static void
leave_out_calls (SideExplanation *self,
                 SideIndicator    indicator,
                 const SideCounts *c)
{
  if (indicator == SIDE_INDICATOR_OPERATORS || indicator == SIDE_INDICATOR_OCCUPANCY || indicator == SIDE_INDICATOR_CALLBACKS)
    return;
  leave_out (self, c->test,
             g_strdup_printf (ngettext ("%d test call", "%d test calls",
                                        (gulong) c->test), (int) c->test));
  if (indicator == SIDE_INDICATOR_SERVICE_LEVEL)
    {
      leave_out (self, c->not_counted,
                 g_strdup_printf (ngettext ("%d call that was withdrawn or refused", "%d calls that were withdrawn or refused",
                                            (gulong) c->not_counted), (int) c->not_counted));
      leave_out (self, c->waiting,
                 g_strdup_printf (ngettext ("%d call that is still waiting", "%d calls that are still waiting",
                                            (gulong) c->waiting), (int) c->waiting));
    }
  if (indicator == SIDE_INDICATOR_ABANDONED || indicator == SIDE_INDICATOR_ANSWERED)
    leave_out (self, c->refused,
               g_strdup_printf (ngettext ("%d call refused at the door", "%d calls refused at the door",
                                          (gulong) c->refused), (int) c->refused));
  if (indicator == SIDE_INDICATOR_ABANDONED)
    leave_out (self, c->lost_unknown,
               g_strdup_printf (ngettext ("%d lost call whose reason is not known yet", "%d lost calls whose reason is not known yet",
                                          (gulong) c->lost_unknown), (int) c->lost_unknown));
}

/**
 * side_live_explain:
 * @indicator: which
 * @figures: the figures it is one of
 * @config: the project's formula and limits
 *
 * Returns: (transfer full): how it was counted
 */
SideExplanation *
side_live_explain (SideIndicator         indicator,
                   const SideIndicators *figures,
                   const SideProject    *config)
{
  SideExplanation *self = g_new0 (SideExplanation, 1);

  self->title = side_live_title (indicator);
  self->left_out = g_ptr_array_new_with_free_func (g_free);
  switch (indicator)
    {
    case SIDE_INDICATOR_SERVICE_LEVEL:
      explain_service (self, figures, config);
      break;
    case SIDE_INDICATOR_ABANDONED:
    case SIDE_INDICATOR_ANSWERED:
      explain_shares (self, indicator, figures);
      break;
    case SIDE_INDICATOR_ASA:
      explain_answer_time (self, figures);
      break;
    case SIDE_INDICATOR_AHT:
      explain_handling_time (self, figures);
      break;
    case SIDE_INDICATOR_OCCUPANCY:
      explain_occupancy (self, figures);
      break;
    case SIDE_INDICATOR_WAITING:
    case SIDE_INDICATOR_LONGEST_WAIT:
    case SIDE_INDICATOR_OPERATORS:
    case SIDE_INDICATOR_CALLBACKS:
    case SIDE_N_INDICATORS:
    default:
      explain_now (self, indicator, figures, config);
      break;
    }
  leave_out_calls (self, indicator, &figures->counts);
  return self;
}

/**
 * side_explanation_free:
 * @self: (transfer full): an explanation
 */
void
side_explanation_free (SideExplanation *self)
{
  g_free (self->formula);
  g_free (self->numbers);
  g_free (self->rests_on);
  g_ptr_array_unref (self->left_out);
  g_free (self);
}
