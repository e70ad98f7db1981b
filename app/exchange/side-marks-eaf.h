/* side-marks-eaf.h - what reading and writing ELAN documents share
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Our own marks lie on tiers whose linguistic type tells what they are, so that
 * they are known again after ELAN has saved the document:
 *
 *   mark:TAG       a span; PARTICIPANT is the side, ANNOTATOR the author
 *   point:TAG      a point; ELAN has none, so it is a millisecond long
 *   reply:TAG      answers (Symbolic_Subdivision) to marks of the parent tier
 *   is:ATTRIBUTE   one attribute (Symbolic_Association) of the parent tier's
 *
 * All other tiers are kept as they are; their name is the tag.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SIDE_EAF_MARK     "mark:"
#define SIDE_EAF_POINT    "point:"
#define SIDE_EAF_REPLY    "reply:"
#define SIDE_EAF_IS       "is:"
#define SIDE_EAF_UUID     "m-"    /* before a UUID, which may begin with a digit as an XML id may not */

/* Names of what a list keeps of a document. */
#define SIDE_EAF_ROOT     "eaf.root."     /* + attribute of the root */
#define SIDE_EAF_LICENSE  "eaf.license"   /* elements, as they are written again */
#define SIDE_EAF_HEADER   "eaf.header"
#define SIDE_EAF_TAIL     "eaf.tail"
#define SIDE_EAF_OWN      "eaf."          /* + attribute of a tier or annotation */

#define SIDE_EAF_TYPE     "eaf.LINGUISTIC_TYPE_REF"
#define SIDE_EAF_SLOT_1   "eaf.slot.1"
#define SIDE_EAF_SLOT_2   "eaf.slot.2"

void side_eaf_append_attribute (GString *out, const char *name, const char *value);
void side_eaf_append_text      (GString *out, const char *text, gsize len);

G_END_DECLS
