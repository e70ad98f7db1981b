/* side-billing.c - minutes as a contract counts them
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-billing.h"

/**
 * side_billing_round_seconds:
 * @seconds: how long the call was, 0 or more
 * @first_increment: the least that is billed, in seconds, above 0
 * @next_increment: the steps after it, in seconds, above 0
 * @free_up_to: a call up to here, inclusive, costs nothing; 0 for none
 *
 * Returns: seconds to be billed
 */
gint64
side_billing_round_seconds (gint64 seconds,
                            gint64 first_increment,
                            gint64 next_increment,
                            gint64 free_up_to)
{
  gint64 steps;

  g_return_val_if_fail (first_increment > 0 && next_increment > 0, 0);
  if (seconds <= 0 || (free_up_to > 0 && seconds <= free_up_to))
    return 0;
  if (seconds <= first_increment)
    return first_increment;
  steps = (seconds - first_increment + next_increment - 1) / next_increment;
  return first_increment + steps * next_increment;
}
