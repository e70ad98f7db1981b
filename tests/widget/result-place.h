/* result-place.h - a test call that was made, with something wrong in it
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "calls-place.h"
#include "side-phone-recorder.h"
#include "side-test-call.h"

G_BEGIN_DECLS

#define RESULT_PLACE_SCENARIO "7a0c9b7e-3d51-4c2f-9a1c-5f3c8f0f7a11"
#define RESULT_PLACE_CALL     "7a0c9b7e-3d51-4c2f-9a1c-5f3c8f0f7a12"
#define RESULT_PLACE_RATE     16000

SideTestCall *result_place_new_call (Place *place, const char *author);
SideTestCall *result_place_stored   (Place *place);
void          result_place_receive  (Place *place, const SideTestCall *call);
SidePhoneRecorder *result_place_begin_recording (Place *place, const SideTestCall *call);
void          result_place_record   (SidePhoneRecorder *recorder, guint seconds);

G_END_DECLS
