/* side-sip-q850.c - what the telephone network says of a call's end
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The causes of ITU-T Q.850 (05/2018) in words a person can use: shorter than
 * the standard's, and without its jargon.
 */
#include "side-sip-words.h"

#include <glib/gi18n-lib.h>

static const struct {
  guint8      cause;
  const char *words;
} causes[] = {
  { 1, N_("the number is not assigned") },
  { 2, N_("there is no route to that network") },
  { 3, N_("there is no route to that number") },
  { 4, N_("the number answers with a special tone") },
  { 5, N_("the trunk prefix was dialled wrongly") },
  { 6, N_("the channel cannot be used") },
  { 7, N_("the call was handed to a channel in use") },
  { 8, N_("the call gave way to a more urgent one") },
  { 9, N_("the circuit is kept for a more urgent call") },
  { 14, N_("the number was taken to another operator") },
  { 16, N_("the call was ended as usual") },
  { 17, N_("the number is busy") },
  { 18, N_("the telephone there does not react") },
  { 19, N_("it rang and nobody answered") },
  { 20, N_("the subscriber is away") },
  { 21, N_("the call was declined") },
  { 22, N_("the number has changed") },
  { 23, N_("the call is sent to a new number") },
  { 24, N_("the call was turned away because of what it asks for") },
  { 25, N_("an exchange on the way made a mistake in routing") },
  { 26, N_("the call was cleared though it was not chosen") },
  { 27, N_("the number is out of order") },
  { 28, N_("the number is incomplete or not well formed") },
  { 29, N_("a service that was asked for was turned down") },
  { 30, N_("it was an answer to a question about its state") },
  { 31, N_("no reason was named") },
  { 34, N_("no line is free") },
  { 38, N_("the network is out of order") },
  { 39, N_("a permanent connection is out of service") },
  { 40, N_("a permanent connection is in service") },
  { 41, N_("there was a passing fault; try again") },
  { 42, N_("an exchange on the way is overloaded") },
  { 43, N_("some of what was sent along was thrown away") },
  { 44, N_("the line that was asked for is not free") },
  { 46, N_("a call that takes precedence is in the way") },
  { 47, N_("something needed for the call is not free") },
  { 49, N_("the quality that was asked for cannot be had") },
  { 50, N_("the service is not part of the subscription") },
  { 53, N_("calls out of this closed group are barred") },
  { 55, N_("calls into that closed group are barred") },
  { 57, N_("this kind of call is not allowed") },
  { 58, N_("this kind of call cannot be had now") },
  { 62, N_("what was asked for does not fit the subscription") },
  { 63, N_("the service cannot be had") },
  { 65, N_("this kind of call is not known there") },
  { 66, N_("this kind of channel is not known there") },
  { 69, N_("the service is not known there") },
  { 70, N_("only digital calls of a restricted kind are possible") },
  { 79, N_("the service or option is not known there") },
  { 81, N_("the exchange does not know this call") },
  { 82, N_("the exchange does not know this channel") },
  { 83, N_("the call on hold has another name there") },
  { 84, N_("the name for the call on hold is in use") },
  { 85, N_("no call is on hold there") },
  { 86, N_("the call on hold is over") },
  { 87, N_("the caller does not belong to that closed group") },
  { 88, N_("the telephone there cannot take this kind of call") },
  { 90, N_("that closed group does not exist") },
  { 91, N_("the choice of network is not valid") },
  { 95, N_("the exchange did not understand the message") },
  { 96, N_("something needed was missing in the message") },
  { 97, N_("the exchange does not know this kind of message") },
  { 98, N_("the message does not fit the state of the call") },
  { 99, N_("the exchange does not know something in the message") },
  { 100, N_("something in the message is not valid") },
  { 101, N_("the message does not fit what went before") },
  { 102, N_("an exchange waited too long") },
  { 103, N_("the exchange passed on what it did not know") },
  { 110, N_("the message was thrown away because of something unknown in it") },
  { 111, N_("the exchanges did not understand each other") },
  { 127, N_("another network did not say why") },
};

/**
 * side_sip_words_for_q850:
 * @cause: 0 to 127
 *
 * Returns: (transfer none) (nullable): the cause in a translated clause,
 *   without a capital and a full stop; %NULL for one that is not in the standard
 */
const char *
side_sip_words_for_q850 (int cause)
{
  for (gsize i = 0; i < G_N_ELEMENTS (causes); i++)
    if (causes[i].cause == cause)
      return _(causes[i].words);
  return NULL;
}
